/** After the build: `dist/main.js` may be run by name. */
import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

chmodSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)), 0o755);
