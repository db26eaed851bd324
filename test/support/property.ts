/**
 * fast-check with one seed for all, so that a change lands or fails by what it does and not by chance.
 * `PROPERTY_SEED=random` looks elsewhere each time, `PROPERTY_SEED=<number>` where an earlier run has failed.
 */
import fc from 'fast-check';

const { PROPERTY_SEED: said = '20261130' } = process.env;

if (said !== 'random') {
  const seed = Number(said);
  if (!Number.isInteger(seed)) {
    throw new Error(`PROPERTY_SEED is “${said}”; it has to be a whole number, or the word random.`);
  }
  fc.configureGlobal({ seed });
}

export { fc };
