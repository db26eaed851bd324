/** What is to be said about the address at which GitLab is to reach the bot. */
import { isIPv4, isIPv6 } from 'node:net';
import { isOurs } from '../hook-watch.ts';
import type { SetupStep } from './step.ts';

/** `publicUrl` without a slash at its end → the address of the webhook. */
export function hookAddress(publicUrl: string): string {
  return `${publicUrl}/webhooks/gitlab`;
}

/**
 * Where the bot is, by the only webhook that leads to one like it, for those who told no address; null where
 * there is none or more than one, or where its address holds credentials.
 */
export function addressInUse(hooks: readonly { readonly url: string }[]): string | null {
  const [one, ...more] = hooks.filter(({ url }) => isOurs(url, null));
  if (one === undefined || more.length > 0 || !URL.canParse(one.url)) return null;
  const { protocol, username, password, origin, pathname } = new URL(one.url);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null;
  return `${origin}${pathname}`.replace(/\/webhooks\/gitlab\/*$/, '');
}

/** Steps of kind `left` that warn: the address is for people to choose. */
export function judgeAddress(publicUrl: string): readonly SetupStep[] {
  const { protocol, hostname } = new URL(publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const steps: SetupStep[] = [];
  if (isLocal(host)) {
    steps.push({
      kind: 'left',
      warns: true,
      what: `The bot's address ${publicUrl} is in a local network`,
      why: 'GitLab sends webhooks there only when an administrator of GitLab allows it (Admin > Settings > Network > Outbound requests); GitLab.com never does.',
    });
  }
  if (protocol === 'http:') {
    steps.push({
      kind: 'left',
      warns: true,
      what: `The bot's address ${publicUrl} is http, not https`,
      why: 'The text of issues, and a secret token if there is one, travel where others on the way can read them. Use an https address unless GitLab and the bot share a network that you trust.',
    });
  }
  return steps;
}

/** By its looks alone: names are not looked up, because GitLab may see others than we do. */
function isLocal(host: string): boolean {
  if (isIPv6(host)) return /^(::1?$|f[cd]|fe[89ab])/i.test(host);
  if (isIPv4(host)) return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  return !host.includes('.') || /\.(localhost|local|internal|lan)$/i.test(host);
}
