/** Checks that no two labels of a policy are spelled so alike that reading could take one for the other. */
import { foldLabel } from '../core/label-spelling.ts';
import type { PolicyDocument } from './schema.ts';
import type { Path, Site } from './site.ts';

interface Spelling {
  readonly path: Path;
  readonly label: string;
  /** Whose label it is, as the start of a sentence. */
  readonly owner: string;
}

/** Complains at the second of two labels that fold alike; an issue may be recognised by a label that means something else too. */
export function checkLabelSpellings({ document, complain }: Site): void {
  const known = new Map<string, Spelling>();
  for (const spelling of [...written(document), ...further(document)]) {
    const other = known.get(foldLabel(spelling.label));
    if (other !== undefined) complain(spelling.path, clash(other, spelling.label));
    else known.set(foldLabel(spelling.label), spelling);
  }
  for (const spelling of recognising(document)) {
    const other = known.get(foldLabel(spelling.label));
    if (other === undefined) known.set(foldLabel(spelling.label), spelling);
    else if (other.label !== spelling.label) complain(spelling.path, clash(other, spelling.label));
  }
}

function clash({ label, owner }: Spelling, second: string): string {
  if (label === second) return `${owner} has the same label.`;
  return (
    `"${second}" is read as "${label}", which ${owner} has: ` +
    'case, one colon or two, spaces, underscores and hyphens make no difference.'
  );
}

/** The spellings that the bot writes, and the one by which people keep it off. */
function written(document: PolicyDocument): Spelling[] {
  const { stages, labels } = document;
  return [
    ...stages.map(({ id, label }, i) => ({
      path: ['stages', i, 'label'],
      label,
      owner: `stage ${id}`,
    })),
    ...labels.families.flatMap(({ id, names }, f) =>
      Object.entries(names ?? {}).map(([key, label]) => ({
        path: ['labels', 'families', f, 'names', key],
        label,
        owner: `family ${id}`,
      })),
    ),
    ...labels.families.flatMap(({ id: family, pattern }, f) =>
      (pattern === undefined ? [] : patternKeys(family, document)).map((key, i) => ({
        path: family === 'service' ? ['services', i, 'id'] : ['labels', 'families', f, 'pattern'],
        label: serviceLabel(pattern ?? '', key),
        owner: `${family} ${key}`,
      })),
    ),
    { path: ['labels', 'ignore'], label: labels.ignore, owner: 'labels.ignore' },
  ];
}

/** Those that are only read as a stage's label. */
function further({ stages }: PolicyDocument): Spelling[] {
  return stages.flatMap(({ id, also }, i) =>
    also.map((label, a) => ({ path: ['stages', i, 'also', a], label, owner: `stage ${id}` })),
  );
}

function recognising({ recognise }: PolicyDocument): Spelling[] {
  return recognise.labels.map((label, i) => ({
    path: ['recognise', 'labels', i],
    label,
    owner: 'recognise.labels',
  }));
}

/** What a family with a pattern has a label for: each service type, or each stage of the CRM. */
export function patternKeys(family: string, document: PolicyDocument): readonly string[] {
  if (family === 'service') return document.services.map(({ id }) => id);
  const field = document.crm_stage?.field;
  const name = document.questions.find(({ id }) => id === field)?.vocabulary;
  const vocabulary = document.vocabularies.find(({ id }) => id === name);
  return vocabulary?.values.map(({ id }) => String(id)) ?? [];
}

/** A service type's label: the pattern with hyphens for underscores (`interfaces.md` §6). */
export function serviceLabel(pattern: string, id: string): string {
  return pattern.replace('{id}', id.replaceAll('_', '-'));
}
