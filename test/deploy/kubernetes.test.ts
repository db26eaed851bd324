/** The manifests are what Kubernetes takes, fit one another, and run the image as it wants to be run. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { variableNames } from '../../src/config.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { stages } from './image.ts';
import { files, kustomization, manifests, selects, workloads } from './manifests.ts';
import { openSchema, readText } from './read.ts';

const ours = workloads.filter(({ metadata }) => metadata.name !== 'scoping-bot-redis');
const image = stages.at(-1);

it('every object is one by the schema of its kind, without a key that Kubernetes does not know', () => {
  const check = openSchema('kubernetes.json');
  const { kinds } = JSON.parse(readText('test/schemas/kubernetes.json')) as {
    readonly kinds: Readonly<Record<string, string>>;
  };
  expect(manifests.length).toBeGreaterThan(8);
  for (const { file, ...object } of manifests) {
    const at = kinds[`${object.apiVersion}/${object.kind}`];
    expect([file, object.kind, check(object, at)]).toEqual([file, object.kind, []]);
  }
  const [web] = ours;
  const misspelt = { ...web, spec: { ...web?.spec, replicsa: 2 } };
  expect(check(misspelt, kinds['apps/v1/Deployment']).join()).toContain('replicsa');
});

it('kustomize finds every file that it names, and names every one but the optional ones', () => {
  expect(files).toEqual(expect.arrayContaining([...kustomization.resources]));
  const left = files.filter((name) => !kustomization.resources.includes(name)).sort();
  expect(left).toEqual([
    'ingress.yaml',
    'kustomization.yaml',
    'policy.yaml',
    'secret.example.yaml',
  ]);
  const named = new Set(ours.flatMap(({ pod }) => pod.containers.map((each) => each.image)));
  expect([...named]).toEqual(kustomization.images.map(({ name }) => name));
});

it('every selector finds pods, and a workload finds its own', () => {
  for (const { kind, metadata, spec } of manifests) {
    // A Service's selector is labels as they are.
    const selector =
      kind === 'Service' ? { matchLabels: spec.selector } : (spec?.podSelector ?? spec?.selector);
    if (selector === undefined) continue;
    const found = workloads.filter(({ labels }) => selects(selector, labels));
    expect([kind, metadata.name, found.length]).not.toEqual([kind, metadata.name, 0]);
  }
  for (const { spec, labels } of workloads) expect(selects(spec.selector ?? {}, labels)).toBe(true);
});

it('ports match from the ingress to the service to the container, and the hooks path is ours', () => {
  const services = manifests.filter(({ kind }) => kind === 'Service');
  for (const { metadata, spec } of services) {
    const behind = workloads.filter(({ labels }) =>
      selects({ matchLabels: spec.selector }, labels),
    );
    const open = behind.flatMap(({ pod }) => pod.containers.flatMap(({ ports }) => ports ?? []));
    for (const { targetPort } of spec.ports ?? []) {
      expect([metadata.name, open.map(({ name }) => name)]).toEqual([metadata.name, [targetPort]]);
    }
  }
  const ingress = manifests.find(({ kind }) => kind === 'Ingress');
  const paths = ingress?.spec.rules?.flatMap(({ http }) => http.paths) ?? [];
  expect(paths.map(({ path }) => path)).toEqual(['/webhooks/gitlab']);
  for (const { backend } of paths) {
    const service = services.find(({ metadata }) => metadata.name === backend.service.name);
    expect(service?.spec.ports?.map(({ name }) => name)).toContain(backend.service.port.name);
    // Hooks go to what takes them.
    const [front] = workloads.filter(({ labels }) =>
      selects({ matchLabels: service?.spec.selector }, labels),
    );
    expect(front?.pod.containers[0]?.args).toEqual(['serve', '--role', 'web']);
  }
});

it('sets only variables that the bot reads, from settings and secrets that there are', () => {
  const secret = manifests.find(({ kind }) => kind === 'Secret');
  const maps = new Map(kustomization.configMapGenerator.map((each) => [each.name, each]));
  for (const { pod } of ours) {
    for (const { env = [], envFrom = [] } of pod.containers) {
      expect(variableNames).toEqual(expect.arrayContaining(env.map(({ name }) => name)));
      for (const { name, valueFrom } of env) {
        const from = valueFrom?.secretKeyRef;
        expect([from?.name, from?.key]).toEqual([secret?.metadata.name, name]);
        const placed = Object.keys(secret?.stringData ?? {}).includes(name);
        expect([name, placed || from?.optional]).toEqual([name, true]);
      }
      for (const { configMapRef } of envFrom) {
        const literals = maps.get(configMapRef?.name ?? '')?.literals ?? [];
        expect(literals.length).toBeGreaterThan(0);
        const set = literals.map((each) => each.split('=')[0]);
        expect(variableNames).toEqual(expect.arrayContaining(set));
      }
    }
  }
});

it('the policy is where POLICY says, and the bot takes it', () => {
  const literals = kustomization.configMapGenerator.flatMap((each) => each.literals ?? []);
  const path = literals.find((each) => each.startsWith('POLICY='))?.slice('POLICY='.length) ?? '';
  const source = kustomization.configMapGenerator.find((each) => each.files);
  for (const { pod } of ours) {
    const volume = pod.volumes?.find(({ configMap }) => configMap?.name === source?.name);
    const [container] = pod.containers;
    const mount = container?.volumeMounts?.find(({ name }) => name === volume?.name);
    expect(path).toBe(`${mount?.mountPath}/${source?.files?.[0]}`);
  }
  const file = fileURLToPath(new URL('../../deploy/kubernetes/policy.yaml', import.meta.url));
  expect(loadPolicy({ file }).projects).toEqual(['acme/ps/scoping']);
});

it('runs as the user of the image, with nothing to write to and no way to more rights', () => {
  for (const { pod } of ours) {
    const { runAsUser, runAsGroup } = pod.securityContext ?? {};
    expect(`${runAsUser}:${runAsGroup}`).toBe(image?.user);
  }
  for (const { pod } of workloads) {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext, resources } of pod.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources?.limits.memory).toMatch(/^\d+Mi$/);
    }
  }
});

it('is asked where it answers, at the port of the image, and has time to end', () => {
  for (const { pod } of ours) {
    for (const { ports, livenessProbe, readinessProbe, startupProbe } of pod.containers) {
      expect(ports?.map(({ containerPort }) => containerPort)).toEqual(image?.ports);
      expect(livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'http' });
      expect(startupProbe?.httpGet).toEqual({ path: '/healthz', port: 'http' });
      expect(readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'http' });
    }
    const sleep = Number(/setTimeout\(\(\) => \{\}, (\d+)\)/.exec(JSON.stringify(pod))?.[1] ?? 0);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(10 + sleep / 1_000);
  }
});
