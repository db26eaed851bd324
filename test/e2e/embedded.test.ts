/** The main job on the embedded queue. */
import { describe } from 'vitest';
import { life } from './life.ts';

describe('on the embedded queue', () => {
  life(() => undefined);
});
