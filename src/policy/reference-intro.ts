/** How the reference of policies begins: what a policy of one's own holds, and a whole question of one's own. */

export const intro = `# What may stand in a policy

Written from the schema and the shipped policy with \`npm run readme\`; do not edit it by hand. For a policy of your
own, with its own questions and names: \`POLICY=my-policy.yaml scoping-bot policy reference\`.

## How to change something

A policy of your own begins with \`extends: default\` and holds only what differs:

\`\`\`yaml
extends: default
questions:
  - id: users_planned            # found by its id; all its other keys stay
    why: decides which environment is built
  - { id: a_topics, remove: true }
limits:
  education: { seats: 20 }       # maps merge: the other limits stay
\`\`\`

Items of lists are found by their \`id\` (people by \`username\`, label answers by \`label\`, templates by \`name\`); a new
one is added at the end, and needs every key without a default. A list of plain words replaces the shipped one, and so
does a list whose items have none of these names, such as the \`sections\` of a template.
\`scoping-bot policy check my-policy.yaml\` names every mistake with file and line, \`policy show\` prints what holds
in the end, and \`check\` shows what it does to a description. [The tutorial](tutorial.md) goes through it once.

The shipped policy stands in [policy/](../policy), one file a topic.

## A question of your own

This file is whole: save it as \`my-policy.yaml\` and it works.

\`\`\`yaml
extends: default
questions:
  - id: change_board             # a new id makes a new question; commands and conditions use this name
    group: M                     # one of the groups listed below; another word makes a new one
    ask: Who approves changes to production, and how long that takes
    also:                        # other words by which people call it: in rows, bullets, headings, commands
      - Change advisory board
      - Change approval
    type: text                   # how an answer is read; enum and multi need a vocabulary as well
    gate: discovery              # what waits for the answer, and so the stage in which it is asked
    when: "scm_migration && m_users > 100"   # without it: always
    owner: lead                  # who can answer it
    why: sets how early each step of the move has to be announced
    example: the change board on Tuesdays, five working days ahead
\`\`\`

The comment then says: “**Who approves changes to production, and how long that takes.** It sets how early each step of
the move has to be announced.” \`why\` is the end of a sentence that begins with “It”, and \`when\` names answers,
facts, lists and limits. Here it needs the answer to \`m_users\`, so the question waits until somebody has said how
many users move. All [groups](#groups-of-questions), [questions](#questions-1) and [other names](#names-you-may-use)
are listed below.

What is left to do:

1. \`scoping-bot policy check my-policy.yaml\`, then \`scoping-bot check ISSUE.md --policy my-policy.yaml --all\` on a
   description that should be asked it.
2. Only if it is to stand in an issue template too: name it under \`fields\` in a section of \`templates\`. Sections have
   no id, so copy those of the template whole from \`policy show\` into your file. Then
   \`POLICY=my-policy.yaml scoping-bot setup PROJECT --only templates\` shows the difference, and with \`--yes\` brings the
   project's templates up to date. (\`scoping-bot templates --out FOLDER\` writes them into a folder instead, for a
   checkout in which you commit yourself.)
3. Start the service again, with \`POLICY\` naming the file: it reads its policy when it starts.

## Keys

“needed” in the column “Default” holds for a policy without \`extends\` and for new items of lists. Conditions are
CEL; what they may name stands [below](#names-in-conditions).
`;
