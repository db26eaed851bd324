/** Memory as it travels in our status comment: hidden, and signed for this one issue. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IssueRef } from '../model.ts';
import { type Memory, noMemory } from './memory.ts';

const marker = /^<!-- scoping-bot:status v=1 sig=([0-9a-f]{64}) ([A-Za-z0-9+/=]+) -->$/m;

/** Whether a note carries our status marker, genuine or not; such a note is never read as a person's words. */
export function hasMarker(body: string): boolean {
  return body.includes('<!-- scoping-bot:');
}

/** One line, no `--` inside, not starting with `/`: nothing in it can act or render. */
export function writeMemory(memory: Memory, ref: IssueRef, key: string): string {
  const data = Buffer.from(JSON.stringify(memory)).toString('base64');
  return `<!-- scoping-bot:status v=1 sig=${sign(data, ref, key)} ${data} -->`;
}

/** The memory in a note, or null when there is none or its signature is not ours for this issue. */
export function readMemory(body: string, ref: IssueRef, key: string): Memory | null {
  const [, signature, data] = marker.exec(body) ?? [];
  if (!signature || !data) return null;
  const expected = Buffer.from(sign(data, ref, key), 'hex');
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return null;
  try {
    const read = JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as Partial<Memory>;
    return { ...noMemory, ...read, known: true };
  } catch {
    return null;
  }
}

function sign(data: string, ref: IssueRef, key: string): string {
  return createHmac('sha256', key)
    .update(`scoping-bot:status:v1:${ref.projectId}:${ref.issueIid}:${data}`)
    .digest('hex');
}
