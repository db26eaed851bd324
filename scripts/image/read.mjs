/** A Dockerfile as a list of stages, read with a real parser; what the performer cannot do is refused, not skipped. */
import { DockerfileParser } from 'dockerfile-ast';

const performed = ['ARG', 'COPY', 'ENV', 'RUN', 'USER', 'WORKDIR'];
const said = ['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'VOLUME'];

/**
 * `text`: the Dockerfile's. Gives for each stage its `name`, what it begins `from` (a stage's name, or null for an
 * image), its `steps` in order, and of the last one of each: `cmd`, `entrypoint`, `healthcheck` (argument lists),
 * `env`, `user`, `volumes`, `ports`, `workdir`. Throws on an instruction that it does not know.
 */
export function readDockerfile(text) {
  const stages = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      const [image, , name = String(stages.length)] = words(instruction);
      const parent = stages.find((stage) => stage.name === image);
      stages.push(beginStage(name, image, parent));
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined && keyword === 'ARG') continue;
    if (stage === undefined || !(performed.includes(keyword) || said.includes(keyword))) {
      throw new Error(`${keyword} is not known here`);
    }
    note(stage, keyword, instruction);
  }
  return stages;
}

function beginStage(name, image, parent) {
  const { env = {}, user = 'root', workdir = '/' } = parent ?? {};
  return {
    ...{ name, image, from: parent?.name ?? null, steps: [], env: { ...env }, user, workdir },
    ...{ volumes: [], ports: [], cmd: [], entrypoint: [], healthcheck: [] },
  };
}

function note(stage, keyword, instruction) {
  if (keyword === 'ENV') {
    for (const property of instruction.getProperties()) {
      stage.env[property.getName()] = property.getValue() ?? '';
    }
  } else if (keyword === 'WORKDIR') stage.workdir = words(instruction)[0];
  else if (keyword === 'USER') stage.user = words(instruction)[0];
  else if (keyword === 'VOLUME') stage.volumes.push(...words(instruction));
  else if (keyword === 'EXPOSE') stage.ports.push(...words(instruction).map(Number));
  else if (keyword === 'CMD') stage.cmd = list(instruction);
  else if (keyword === 'ENTRYPOINT') stage.entrypoint = list(instruction);
  else if (keyword === 'HEALTHCHECK') stage.healthcheck = list(instruction);
  else if (keyword === 'COPY') stage.steps.push({ ...copied(instruction), workdir: stage.workdir });
  else if (keyword === 'RUN') {
    const command = instruction.getArgumentsContent() ?? '';
    stage.steps.push({ do: 'run', command, workdir: stage.workdir, user: stage.user });
  }
}

function copied(instruction) {
  const flags = instruction.getFlags();
  const strange = flags.find((flag) => flag.getName() !== 'from');
  if (strange) throw new Error(`COPY --${strange.getName()} is not known here`);
  const all = words(instruction);
  const from = instruction.getFromFlag()?.getValue() ?? null;
  return { do: 'copy', from, sources: all.slice(0, -1), to: all.at(-1) };
}

function words(instruction) {
  return instruction.getArguments().map((argument) => argument.getValue());
}

/** The JSON form only: the other one goes through a shell, which keeps signals from the process. */
function list(instruction) {
  const content = instruction.getArgumentsContent() ?? '';
  const strings = instruction.getJSONStrings?.() ?? [];
  if (strings.length > 0) return strings.map((each) => each.getJSONValue());
  const array = /CMD\s+(\[.*\])\s*$/s.exec(content)?.[1];
  if (array === undefined) throw new Error(`${instruction.getKeyword()} is not a JSON list`);
  return JSON.parse(array);
}
