/** GitLab's answers as far as the bot reads them; lenient, because versions and tiers differ in the rest. */
import { z } from 'zod';
import type { AssigneeEvent, LabelEvent, Note, Person } from '../core/model.ts';
import { RetryableError } from './errors.ts';

/** Stands in for an author whom GitLab does not name any more, as GitLab's own Ghost User does. */
const GHOST: Person = { id: 0, username: 'ghost', name: 'Ghost User' };

const person = z
  .object({ id: z.number(), username: z.string(), name: z.string().nullish() })
  .transform(({ id, username, name }): Person => ({ id, username, name: name ?? username }));

const author = person.nullish().transform((found) => found ?? GHOST);

/** REST gives names; with `with_labels_details`, and in some versions, objects. */
const labels = z
  .array(
    z.union([
      z.string(),
      z.object({ name: z.string() }).transform(({ name }) => name),
      z.object({ title: z.string() }).transform(({ title }) => title),
    ]),
  )
  .nullish()
  .transform((found) => found ?? []);

export const issueSchema = z.object({
  id: z.number(),
  iid: z.number(),
  project_id: z.number(),
  title: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  description: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  state: z.string().transform((state) => (state === 'closed' ? 'closed' : 'opened')),
  confidential: z
    .boolean()
    .nullish()
    .transform((is) => is ?? false),
  issue_type: z.string().nullish(),
  service_desk_reply_to: z.string().nullish(),
  labels,
  assignees: z
    .array(person)
    .nullish()
    .transform((found) => found ?? []),
  author,
  web_url: z
    .string()
    .nullish()
    .transform((url) => url ?? ''),
  created_at: z.string(),
  updated_at: z.string(),
});
export type IssueRead = z.output<typeof issueSchema>;

const noteSchema = z.object({
  id: z.number(),
  body: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  author,
  created_at: z.string(),
  updated_at: z.string().nullish(),
  system: z.boolean().nullish(),
  internal: z.boolean().nullish(),
  confidential: z.boolean().nullish(),
});

/** Notes of people and of the bot; system notes are left out. */
export const notesSchema = z.array(noteSchema).transform((notes) =>
  notes
    .filter((note) => note.system !== true)
    .map(
      (note): Note => ({
        id: note.id,
        body: note.body,
        author: note.author,
        createdAt: note.created_at,
        updatedAt: note.updated_at ?? note.created_at,
        internal: note.internal ?? note.confidential ?? false,
      }),
    ),
);

/** Begins GitLab's own note on assignees, in English whatever its users read; other notes of its own hold names that people wrote (checklist items, titles). */
const onAssignees = /^(?:assigned to|unassigned) @/;

/** Of the notes that GitLab writes itself those about assignees put on or taken off. */
export const assigneeEventsSchema = z.array(noteSchema).transform((notes) =>
  notes.flatMap(({ body, author: { id, username }, system, created_at }): AssigneeEvent[] => {
    const named = [...body.matchAll(/(?<![\w.-])@(\w(?:[\w.-]*\w)?)/g)];
    if (system !== true || !onAssignees.test(body)) return [];
    const names = named.map(([, name = '']) => name.toLowerCase());
    return [{ named: names, userId: id, username, at: created_at }];
  }),
);

/** The note that was made; a note of quick actions only has no id (§3.1). */
export const createdNoteSchema = z.object({ id: z.number().optional() });

/** The id counts up with time and tells which of two events of one moment came first. */
export interface NumberedEvent {
  readonly id: number;
  readonly event: LabelEvent;
}

/** Events of labels that still exist; a deleted label leaves events without a name. */
export const labelEventsSchema = z
  .array(
    z.object({
      id: z.number(),
      user: z.object({ id: z.number(), username: z.string().optional() }).nullish(),
      label: z.object({ name: z.string() }).nullish(),
      action: z.string(),
      created_at: z.string(),
    }),
  )
  .transform((events) =>
    events.flatMap(({ id, user, label, action, created_at }): NumberedEvent[] => {
      if (!label || (action !== 'add' && action !== 'remove')) return [];
      const { id: userId, username = GHOST.username } = user ?? GHOST;
      return [{ id, event: { label: label.name, action, userId, username, at: created_at } }];
    }),
  );

export const issuesSchema = z.array(issueSchema);
/** Enough of an issue to count it. */
export const issueDatesSchema = z.array(z.object({ created_at: z.string() }));
export const labelNamesSchema = z.array(z.object({ name: z.string() }));
export const projectSchema = z.object({ id: z.number(), path_with_namespace: z.string() });
export const projectsSchema = z.array(projectSchema);
export const personSchema = person;
export const peopleSchema = z.array(person);
export const memberSchema = z.object({ access_level: z.number() });
export const userStatusSchema = z.object({ availability: z.string().nullish() }).nullable();

/** Versions before 15 do not tell the state; a state that is new to us is not one that we could mend. */
export const hooksSchema = z.array(
  z
    .object({
      id: z.number(),
      url: z.string(),
      alert_status: z.string().nullish(),
      disabled_until: z.string().nullish(),
    })
    .transform(({ id, url, alert_status, disabled_until }) => {
      const off = (['temporarily_disabled', 'disabled'] as const).find(
        (state) => state === alert_status,
      );
      return { id, url, state: off ?? ('executable' as const), until: disabled_until ?? null };
    }),
);

/** A user found by name; old versions say `blocked` instead of `state`. */
export const usersSchema = z.array(
  z
    .object({
      id: z.number(),
      username: z.string(),
      name: z.string().nullish(),
      state: z.string().nullish(),
      blocked: z.boolean().nullish(),
    })
    .transform(({ id, username, name, state, blocked }) => ({
      id,
      username,
      name: name ?? username,
      active: (state ?? 'active') === 'active' && blocked !== true,
    })),
);

/**
 * Reads an answer by its schema. `request` is for the message; a write's answer that cannot be read is a
 * lost answer. Only the place of the fault is told, never what stood there.
 */
export function readAs<T extends z.ZodType>(
  schema: T,
  body: unknown,
  request: string,
): z.output<T> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const place = read.error.issues[0]?.path.filter((part) => typeof part !== 'symbol').join('.');
  throw new RetryableError(
    `The answer to ${request} does not look like GitLab's${place ? ` (at ${place})` : ''}.`,
    { lostAnswer: !request.startsWith('GET '), status: 200 },
  );
}
