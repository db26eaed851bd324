/** For `node --import`: lets a child process run the TypeScript sources as they are, on Node versions that cannot. */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// Node runs the hooks in a thread of their own, from this same file.
if (isMainThread) register(import.meta.url);

const typescript = isMainThread ? null : (await import('typescript')).default;

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return await nextLoad(url, context);
  const { ModuleKind, ScriptTarget, transpileModule } = typescript;
  const { outputText } = transpileModule(await readFile(fileURLToPath(url), 'utf8'), {
    fileName: url,
    compilerOptions: {
      module: ModuleKind.ESNext,
      target: ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      inlineSourceMap: true,
    },
  });
  return { format: 'module', source: outputText, shortCircuit: true };
}
