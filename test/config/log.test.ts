/** What the log writes, and what it never does. */
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';

function givenLog(secrets: readonly string[] = [], isTTY = false) {
  const lines: string[] = [];
  const log = createLog('trace', { isTTY, write: (line: string) => lines.push(line) }, secrets);
  return { log, lines, text: () => lines.join('') };
}

describe('a log line', () => {
  it('is one JSON object with time, level, words and facts', () => {
    const { log, lines } = givenLog();
    log.info({ projectId: 5, issueIid: 7, ms: 12 }, 'reconciled');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      projectId: 5,
      issueIid: 7,
      ms: 12,
      msg: 'reconciled',
    });
  });

  it('is left out below the level', () => {
    const lines: string[] = [];
    createLog('warn', { write: (line) => lines.push(line) }).info('nothing of note');
    expect(lines).toEqual([]);
  });

  it.each([
    [{ token: 'canary' }],
    [{ headers: { 'PRIVATE-TOKEN': 'canary', authorization: 'Bearer canary' } }],
    [{ config: { hook: { secrets: ['canary', 'canary2'] } } }],
    [{ request: { headers: { 'x-gitlab-token': ['canary'] } } }],
    [{ 'webhook-signature': 'v1,canary' }],
    [{ body: 'canary' }],
    [{ issue: { description: 'canary', title: 'canary' } }],
    [{ notes: [{ body: 'canary' }] }],
    [{ raw: Buffer.from('canary') }],
    [{ answers: new Map([['goals', 'canary']]) }],
    [{ a: { b: { c: { d: { e: { f: 'canary' } } } } } }],
  ])('never holds a secret or a text of people: %j', (fields) => {
    const { log, text } = givenLog();
    log.info(fields, 'said');
    log.child(fields).info('said by a child');
    expect(text()).toContain('said by a child');
    expect(text()).not.toContain('canary');
  });

  it('keeps numbers and yes or no, even under such names', () => {
    const { log, lines } = givenLog();
    log.info({ tokenExpiresInDays: 6, secretSet: true });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tokenExpiresInDays: 6, secretSet: true });
  });

  it('never holds a known secret, wherever it turns up', () => {
    const secrets = ['plain-canary', 'quo"ted\\canary', 'sp ace/canary'];
    const { log, text } = givenLog(secrets);
    log.info({ url: `https://x/?q=${secrets[0]}`, other: secrets[1] }, `saw ${secrets[0]}`);
    log.error(new Error(`failed with ${secrets[1]} at /${encodeURIComponent(secrets[2] ?? '')}`));
    expect(text()).not.toContain('canary');
  });

  it('never holds what looks like a GitLab token or a password in an address', () => {
    const { log, text } = givenLog();
    log.warn('tried glpat-canary0123456789 and whsec_canary01234567890123456789==');
    log.warn({ err: new Error('connect redis://bot:canary@10.0.0.1:6379') }, 'gone');
    expect(text()).not.toContain('canary');
    expect(text()).toContain('10.0.0.1:6379');
  });
});

describe('an error in the log', () => {
  it('keeps its kind, code, place and cause, and loses what hangs on it', () => {
    const { log, lines } = givenLog();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const error = Object.assign(new Error('the request failed', { cause }), {
      response: { body: 'canary', headers: { authorization: 'canary' } },
      status: 502,
    });
    log.error({ err: error }, 'reconcile failed');
    const { err, msg } = JSON.parse(lines[0] ?? '');
    expect(msg).toBe('reconcile failed');
    expect(err).toMatchObject({
      type: 'Error',
      message: 'the request failed',
      status: 502,
      stack: expect.stringContaining('log.test.ts'),
      cause: { message: 'refused', code: 'ECONNREFUSED' },
    });
    expect(lines[0]).not.toContain('canary');
  });

  it('about JSON does not quote what could not be parsed', () => {
    const { log, text } = givenLog();
    for (const form of ['field', 'alone', 'with words'] as const) {
      try {
        JSON.parse('canary');
      } catch (error) {
        if (form === 'field') log.error({ err: error }, 'could not be read');
        if (form === 'alone') log.error(error);
        if (form === 'with words') log.error(error, 'could not be read');
      }
    }
    expect(text().match(/not valid JSON/g)).toHaveLength(3);
    expect(text()).not.toContain('canary');
  });

  it('that points at itself, or hangs on odd things, is no trouble', () => {
    const { log, lines } = givenLog();
    const circle = new Error('round');
    circle.cause = circle;
    const loop: Record<string, unknown> = { date: new Date(Number.NaN), big: 1n, call: () => 1 };
    loop.self = loop;
    log.error({ err: circle, loop }, 'odd');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'odd' });
  });
});

describe('on a terminal', () => {
  it('a line reads like a sentence with facts, errors below it', () => {
    const { log, lines } = givenLog([], true);
    log.info({ projectId: 5, outcome: 'queued' }, 'hook');
    log.error({ err: new Error('no answer') }, 'the queue did not take an issue');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d INFO {2}hook projectId=5 outcome="queued"\n$/);
    expect(lines[1]).toMatch(/ERROR the queue did not take an issue\n {2}Error: no answer\n +at /);
  });

  it('nothing in a line can steer the terminal, and secrets stay hidden', () => {
    const { log, text } = givenLog(['canary'], true);
    const steering = '\u001b[2J\u009b2J\r\u202e\u2028';
    log.info({ path: steering, token: 'canary', kind: 'canary' }, `hello ${steering}`);
    log.error({ err: new Error(steering) }, 'failed');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    expect(text()).not.toContain('canary');
  });
});
