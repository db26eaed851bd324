/** A collector of traces: takes OTLP over HTTP in protobuf, as far as the fields that the tests look at. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SpanSeen {
  readonly service: string;
  readonly traceId: string;
  readonly id: string;
  /** Empty for the first of a trace. */
  readonly parent: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string | number>;
}

export interface Collector {
  readonly url: string;
  readonly spans: readonly SpanSeen[];
  /** Everything that was sent, as text. */
  raw(): string;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const spans: SpanSeen[] = [];
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const right =
      request.method === 'POST' &&
      request.url === '/v1/traces' &&
      request.headers['content-type'] === 'application/x-protobuf';
    if (right) {
      const body = Buffer.concat(chunks);
      bodies.push(body);
      spans.push(...readSpans(body));
    }
    response.writeHead(right ? 200 : 400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    raw: () => Buffer.concat(bodies).toString('latin1'),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** One field of a message: a number, or the bytes of a text or of a message within. */
interface Field {
  readonly number: number;
  readonly value: number | Buffer;
}

/** Field numbers are those of opentelemetry-proto's `trace.proto`, `common.proto` and `resource.proto`. */
function readSpans(body: Buffer): SpanSeen[] {
  return inside(body, 1).flatMap((resourceSpans) => {
    const resource = attributesOf(inside(resourceSpans, 1)[0] ?? Buffer.alloc(0), 1);
    const service = String(resource.get('service.name') ?? '');
    return inside(resourceSpans, 2).flatMap((scope) =>
      inside(scope, 2).map((span) => ({
        service,
        traceId: (inside(span, 1)[0] ?? Buffer.alloc(0)).toString('hex'),
        id: (inside(span, 2)[0] ?? Buffer.alloc(0)).toString('hex'),
        parent: (inside(span, 4)[0] ?? Buffer.alloc(0)).toString('hex'),
        name: (inside(span, 5)[0] ?? Buffer.alloc(0)).toString(),
        attributes: attributesOf(span, 9),
      })),
    );
  });
}

function attributesOf(message: Buffer, number: number): ReadonlyMap<string, string | number> {
  return new Map(
    inside(message, number).map((pair) => {
      const key = (inside(pair, 1)[0] ?? Buffer.alloc(0)).toString();
      const [value] = readFields(inside(pair, 2)[0] ?? Buffer.alloc(0));
      const read = value?.value ?? '';
      return [key, typeof read === 'number' ? read : read.toString()];
    }),
  );
}

function inside(message: Buffer, number: number): Buffer[] {
  return readFields(message).flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  );
}

function readFields(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const type = tag % 8;
    if (type === 0) fields.push({ number, value: varint() });
    else {
      const length = type === 1 ? 8 : type === 5 ? 4 : varint();
      fields.push({ number, value: message.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}
