/** The image's health check: asks the service in the same container whether it lives; exit 0 when it does, else 1. */
const { HOST: host = '', PORT: port = '' } = process.env;
// What listens everywhere listens here too.
const everywhere = ['', '0.0.0.0', '::'].includes(host.trim());
const at = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host.trim()}]` : host.trim();

const alive = await fetch(`http://${at}:${port.trim() || 8080}/healthz`, {
  signal: AbortSignal.timeout(4_000),
}).then(
  (answer) => answer.ok,
  () => false,
);
process.exit(alive ? 0 : 1);
