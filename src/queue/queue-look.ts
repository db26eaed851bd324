/** What a look at the queue's database finds, by kind. */
import type { RedisSettings } from './redis-settings.ts';

/** What was found where the queue is kept. */
export type QueueLook =
  | { readonly kind: 'redis'; readonly host: string; readonly settings: RedisSettings }
  | { readonly kind: 'postgres'; readonly host: string; readonly version: string }
  | {
      readonly kind: 'embedded';
      readonly folder: string;
      /** Not there yet: the first start makes it. */
      readonly missing: boolean;
      /** A process of the bot works in it. */
      readonly held: boolean;
      /** Null where the system cannot say. */
      readonly freeBytes: number | null;
      readonly neededBytes: number;
    };
