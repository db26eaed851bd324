/** `ADMIN_ADDRESS` must not be where hooks come in: found out by listening, it would look like another program's doing. */
import type { Address } from './values.ts';

/** Names that stand for several addresses, and for which. */
const several: ReadonlyMap<string, (host: string) => boolean> = new Map([
  ['::', () => true],
  ['0.0.0.0', (host: string) => !host.includes(':')],
  ['localhost', (host: string) => host === '127.0.0.1' || host === '::1'],
]);

/** One line, or none when both can be listened at. Names are not looked up; port 0 is any free one. */
export function describeClash(read: {
  readonly HOST: string;
  readonly PORT: number;
  readonly ADMIN_ADDRESS?: Address | undefined;
}): readonly string[] {
  const { HOST, PORT, ADMIN_ADDRESS: admin } = read;
  if (!admin || admin.port !== PORT || PORT === 0) return [];
  const [one, other] = [admin.host.toLowerCase(), HOST.toLowerCase()];
  const apart = one !== other && !several.get(one)?.(other) && !several.get(other)?.(one);
  if (apart) return [];
  const shown = one.includes(':') ? `[${admin.host}]:${PORT}` : `${admin.host}:${PORT}`;
  return [
    `ADMIN_ADDRESS: read "${shown}", allowed: another address than that for hooks (HOST ${HOST}, PORT ${PORT})`,
  ];
}
