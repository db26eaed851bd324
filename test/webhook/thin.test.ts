/** What is left of a large body: the same JSON, long texts emptied, whatever it holds. */

import { expect, it } from 'vitest';
import { parseEvent } from '../../src/webhook/event.ts';
import { thin } from '../../src/webhook/thin.ts';
import { fc } from '../support/property.ts';
import { issueHook } from './given.ts';

const sizes = { parsed: 1, text: 10 };

/** The same, described on the values instead of the bytes. */
function emptied(value: unknown): unknown {
  const short = (text: string) =>
    Buffer.byteLength(JSON.stringify(text)) - 2 > sizes.text ? '' : text;
  if (typeof value === 'string') return short(value);
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [short(key), emptied(one)]));
}

it('is what the values say', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const body = Buffer.from(JSON.stringify(value));
      const left = thin(body, { ...sizes, parsed: body.byteLength - 1 });
      fc.pre(left !== null);
      expect(JSON.parse(String(left))).toEqual(JSON.parse(JSON.stringify(emptied(value))));
    }),
    { numRuns: 2_000 },
  );
});

it('is never more than may be parsed, and never an error, whatever the bytes are', () => {
  const byte = fc.constantFrom(...Buffer.from('"\\{}[]:,a1\xff', 'latin1'));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 2, maxLength: 60 }), fc.nat(40), (bytes, parsed) => {
      const left = thin(Buffer.from(bytes), { parsed, text: 3 });
      expect(left?.byteLength ?? 0).toBeLessThanOrEqual(Math.max(parsed, 0));
    }),
    { numRuns: 2_000 },
  );
});

it('is the issue, when the texts around it are the largest that GitLab takes', () => {
  const text = '"\\\u0000'.repeat(350_000);
  const body = Buffer.from(JSON.stringify(issueHook({ description: text, title: text })));
  expect(body.byteLength).toBeGreaterThan(2 * 1024 * 1024);
  expect(parseEvent('Issue Hook', body)).toMatchObject({
    kind: 'issue',
    ref: { projectId: 5, issueIid: 7 },
    projectPath: 'acme/ps/scoping',
  });
});
