/** A port that is taken and a host that is not ours, in words. */

/** The setting at fault and what is wrong with it; null for any other error. */
export function readListenTrouble(
  error: unknown,
): { readonly setting: 'HOST' | 'PORT'; readonly sentence: string } | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  if (error.syscall === 'getaddrinfo') {
    return { setting: 'HOST', sentence: 'nobody knows that name' };
  }
  if (error.syscall !== 'listen') return null;
  switch (error.code) {
    case 'EADDRINUSE':
      return { setting: 'PORT', sentence: 'another program already listens there' };
    case 'EACCES':
      return { setting: 'PORT', sentence: 'this user may not listen there' };
    default:
      return { setting: 'HOST', sentence: `this machine cannot listen there (${error.code})` };
  }
}
