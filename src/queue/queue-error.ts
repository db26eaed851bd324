/** Why the queue cannot be used, as a sentence for the person who runs the bot. */

/** `configuration`: a setting is wrong. `unreachable`: the server does not answer. `in_use`: another process has the folder. */
export type QueueErrorKind = 'configuration' | 'unreachable' | 'in_use';

/** The message is complete, names what to do and never holds a password. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly kind: QueueErrorKind;

  constructor(kind: QueueErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
