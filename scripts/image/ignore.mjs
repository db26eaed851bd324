/** `.dockerignore` as Docker reads it: the last line that matches a path, or a folder above it, decides. */

/** Gives whether a path (relative, with `/`) is part of what is sent to the build. `**` and `?` are refused. */
export function readIgnored(text) {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      if (/\*\*|\?|\[/.test(line)) throw new Error(`.dockerignore: "${line}" is not known here`);
      const kept = line.startsWith('!');
      return { kept, pattern: toPattern(kept ? line.slice(1) : line) };
    });
  return (path) => {
    const parts = path.split('/');
    const upwards = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    let sent = true;
    for (const { kept, pattern } of rules) {
      if (upwards.some((each) => pattern.test(each))) sent = kept;
    }
    return sent;
  };
}

function toPattern(text) {
  const plain = text.replace(/^\/|\/$/g, '').replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${plain.replaceAll('*', '[^/]*')}$`);
}
