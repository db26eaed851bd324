/** A plain yes or no means what its question names. */
import { describe, expect, it } from 'vitest';
import { readAnswer } from './given.ts';

describe('yes and no on the structure', () => {
  it.each([
    ['Restructure groups: yes, a group for each product line', 'reorganise'],
    ['Restructuring: no', 'keep'],
    ['Réorganisation des groupes : non, on garde la structure', 'keep'],
    ['Keep the structure: yes', 'keep'],
    ['Keep the structure: no', 'reorganise'],
    ['Restructure groups: yes, but as is for now', 'keep'],
    ['Restructure groups: they will reorganize', 'reorganise'],
  ])('%s', (body, value) => {
    expect(readAnswer(body, 'm_restructure')).toMatchObject({ state: 'answered', value });
  });

  it('stay unclear where the question names both', () => {
    const body = 'Keep structure or reorganise?: yes';
    expect(readAnswer(body, 'm_restructure')?.state).toBe('ambiguous');
  });
});
