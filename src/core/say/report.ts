/** What `check` prints on a terminal: the same judgement as the comment, most urgent first. */
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type FileFacts, NO_FACTS, writeFileFacts } from './report-file.ts';
import type { Look } from './report-lines.ts';
import { writeGates, writeOffering } from './report-outlook.ts';
import { writeBlocking, writeFindings } from './report-problems.ts';
import { pressing, writePressing, writeRest } from './report-questions.ts';
import { writeRead, writeUnplaced } from './report-read.ts';
import { writeTop } from './report-top.ts';

/** Lines without line ends, none wider than `look.columns`; colours only through `look.paint`. */
export function writeReport(
  assessment: Assessment,
  policy: Policy,
  look: Look,
  file: FileFacts = NO_FACTS,
): string[] {
  const now = pressing(assessment, policy, look);
  const sections = [
    writeFileFacts(file, look),
    writeTop(assessment, now, policy, look),
    writeBlocking(assessment, policy, look),
    writePressing(assessment, now, policy, look, file),
    writeRest(assessment, now, policy, look),
    writeFindings(assessment, policy, look),
    writeRead(assessment, policy, look),
    writeUnplaced(assessment, look),
    writeOffering(assessment, policy, look),
    writeGates(assessment, policy, look),
  ].filter((lines) => lines.length > 0);
  return sections.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}
