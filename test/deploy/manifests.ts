/** The Kubernetes manifests as the tests look at them: every object with the file that it stands in. */
import { readdirSync } from 'node:fs';
import { readYaml } from './read.ts';

export type Labels = Readonly<Record<string, string>>;
export interface Selector {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly values: readonly string[];
  }[];
}
interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
}
interface Reference {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom?: { readonly secretKeyRef: Reference };
  }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly securityContext?: unknown;
  readonly resources?: { readonly requests: unknown; readonly limits: { readonly memory: string } };
}
export interface PodSpec {
  readonly securityContext?: { readonly runAsUser: number; readonly runAsGroup: number };
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly Container[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly configMap?: { readonly name: string };
  }[];
}
export interface Manifest {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector?: Selector & Labels;
    readonly podSelector?: Selector;
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    readonly ports?: readonly { readonly name: string; readonly targetPort: string }[];
    readonly rules?: readonly {
      readonly http: {
        readonly paths: readonly {
          readonly path: string;
          readonly backend: {
            readonly service: { readonly name: string; readonly port: { readonly name: string } };
          };
        }[];
      };
    }[];
  };
  readonly stringData?: Readonly<Record<string, string>>;
}
interface Kustomization {
  readonly resources: readonly string[];
  readonly images: readonly { readonly name: string }[];
  readonly configMapGenerator: readonly {
    readonly name: string;
    readonly literals?: readonly string[];
    readonly files?: readonly string[];
  }[];
}

const folder = 'deploy/kubernetes';
const apart = ['kustomization.yaml', 'policy.yaml'];

export const files: readonly string[] = readdirSync(new URL(`../../${folder}/`, import.meta.url));
export const manifests: readonly Manifest[] = files
  .filter((name) => !apart.includes(name))
  .flatMap((name) =>
    readYaml<Manifest>(`${folder}/${name}`).map((each) => ({ ...each, file: name })),
  );
export const kustomization = readYaml<Kustomization>(
  `${folder}/kustomization.yaml`,
)[0] as Kustomization;

/** What runs containers, with the pod that it makes. */
export const workloads = manifests.flatMap((each) => {
  const { template } = each.spec ?? {};
  return template ? [{ ...each, labels: template.metadata.labels, pod: template.spec }] : [];
});

export function selects(selector: Selector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}
