/** The page for people: everything shown, nothing of it alive. */
import { expect, test } from 'vitest';
import { escapeHtml, renderMarkdown } from '../../src/sandbox/render.ts';
import { openSandbox } from './tester.ts';

test("an issue's page shows title, labels, assignees, description and notes", async () => {
  const sandbox = await openSandbox({ basePath: '/gitlab' });
  const sa = sandbox.as('sa-one');
  const description = '| Question | Answer |\n|---|---|\n| Users | 225 |';
  const issue = sa.createIssue('acme/ps/scoping', {
    title: 'Scope',
    description,
    labels: ['stage::one'],
    assignees: ['em-emea'],
  });
  sa.comment(issue, 'Some **words**');
  const answer = await fetch(`${sandbox.url}/acme/ps/scoping/-/issues/${issue.iid}`);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  for (const part of [
    '<h1>Scope</h1>',
    'stage::one',
    '@em-emea',
    '<td>225</td>',
    '<strong>words</strong>',
  ]) {
    expect(html).toContain(part);
  }
  const index = await (await fetch(`${sandbox.url}/`)).text();
  expect(index).toContain(`${sandbox.url}/acme/ps/scoping/-/issues/${issue.iid}`);
  expect(sandbox.world.requests).toEqual([]);
  expect((await fetch(`${sandbox.url}/acme/ps/scoping/-/issues/99`)).status).toBe(404);
});

test('what people typed is text on the page wherever it stands', async () => {
  const sandbox = await openSandbox();
  const evil = '"><script>alert(1)</script>';
  const sa = sandbox.as('sa-one');
  const issue = sa.createIssue('acme/ps/scoping', {
    title: evil,
    description: evil,
    labels: [evil],
  });
  sa.comment(issue, `${evil}\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>`);
  const label = sandbox.project.labels[0];
  if (label !== undefined) label.color = 'red;"><script>';
  for (const address of [`${sandbox.url}/acme/ps/scoping/-/issues/1`, `${sandbox.url}/`]) {
    const html = await (await fetch(address)).text();
    expect(html).not.toMatch(/<script|<img|href="javascript/);
    expect(html).toContain('&lt;script&gt;');
  }
});

test('folds fold, with Markdown inside them, and stay closed off when somebody forgot the end', () => {
  const fold = '<details><summary>More</summary>\n\n- one\n\n</details>\n\nafter';
  const html = renderMarkdown(fold);
  expect(html).toContain('<details><summary>More</summary>');
  expect(html).toContain('<li>one</li>');
  expect(html).not.toContain('<p><details>');
  expect(html.indexOf('</details>')).toBeLessThan(html.indexOf('after'));
  const open = renderMarkdown('<details><summary>More');
  expect(open.endsWith('</summary></details>')).toBe(true);
  expect(renderMarkdown('</details></summary>')).not.toMatch(/<\/?(details|summary)/);
});

test('fold tags with attributes, and any in code, are text', () => {
  expect(renderMarkdown('<details ontoggle="x()">')).not.toContain('<details');
  expect(renderMarkdown('`<details>`')).toContain('&lt;details&gt;');
  expect(renderMarkdown('```\n<details>\n```')).toContain('&lt;details&gt;');
  for (const inert of ['&lt;details&gt;', '\\<details>', '<details x>', '<DETAILS/>']) {
    expect(renderMarkdown(inert)).not.toContain('<details');
  }
});

test('HTML comments are not shown', () => {
  const html = renderMarkdown(
    'before\n\n<!-- scoping-bot: {"a":1} -->\n\nafter <!-- hidden --> end',
  );
  expect(html).not.toMatch(/scoping-bot|hidden/);
  expect(html).toContain('after  end');
  expect(renderMarkdown('<!-- one *two*\n\nthree -->\n\nfour')).toBe('<p>four</p>\n');
  expect(renderMarkdown('`<!-- shown -->`')).toContain('&lt;!-- shown --&gt;');
  expect(renderMarkdown('```\n<!-- shown -->\n```')).toContain('&lt;!-- shown --&gt;');
});

test('escaping covers quotes too', () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;',
  );
});

test("a board's page shows each issue in the list of its label, the others under Open and Closed", async () => {
  const sandbox = await openSandbox();
  const evil = '"><script>alert(1)</script>';
  const sa = sandbox.as('sa-one');
  const make = (title: string, ...labels: string[]) =>
    sa.createIssue('acme/ps/scoping', { title, labels, assignees: ['em-emea'] });
  make('In the first list', 'stage::one', 'risk:late');
  make(evil, evil);
  sa.close(make('Done', 'stage::two'));
  const id = (name: string) => sandbox.project.labels.find((label) => label.name === name)?.id ?? 0;
  const lists = ['stage::one', 'stage::two'].map((name, at) => ({ id: 8 + at, labelId: id(name) }));
  sandbox.project.boards.push({ id: 7, name: 'Scoping', lists });

  const html = await (await fetch(`${sandbox.url}/acme/ps/scoping/-/boards/7`)).text();
  expect(html).toContain('<h1>Scoping</h1>');
  expect(html).not.toMatch(/<script/);
  const shown = html
    .split('<section')
    .slice(1)
    .map((list) => list.replace(/<[^>]*>/g, ' '));
  expect(shown).toHaveLength(4);
  const [open, one, two, closed] = shown;
  expect(open).toContain('&lt;script&gt;');
  expect(one).toContain('In the first list');
  expect(one).toContain('risk:late');
  expect(one?.match(/stage::one/g)).toHaveLength(1);
  expect(one).toContain('#1 · @em-emea');
  expect(open).toMatch(/Open +1 /);
  expect(two).toMatch(/stage::two +0/);
  expect(closed).toMatch(/Closed +1 /);
  expect(closed).toContain('Done');
  const index = await (await fetch(`${sandbox.url}/`)).text();
  expect(index).toContain(`href="${sandbox.url}/acme/ps/scoping/-/boards/7"`);
  expect((await fetch(`${sandbox.url}/acme/ps/scoping/-/boards/8`)).status).toBe(404);
});
