/** A name ends where known facts begin, and what is in doubt is no answer yet. */
import { describe, expect, it } from 'vitest';
import { parse, read, saidIn } from './given.ts';

describe('a customer’s name with more behind it', () => {
  it('is the name, and the rest is read', () => {
    const text = 'Customer: Globex Retail GmbH, existing customer, Premium, 450 seats today.\n';
    const { answers } = read(text);
    expect(answers.get('customer_name')?.value).toBe('Globex Retail GmbH');
    expect(answers.get('existing_customer')?.value).toBe(true);
    expect(answers.get('tier')?.value).toBe('premium');
    expect(answers.get('users_current')?.value).toBe(450);
  });

  it.each(['Globex, Inc.', 'Foo, Bar & Sons, Ltd.', 'Premium Outlets, North'])(
    'keeps %s',
    (name) => {
      expect(saidIn(`- Customer: ${name}\n`).customer_name).toBe(name);
    },
  );

  it('leaves no bracket behind that stood around several answers', () => {
    const said = saidIn('Opportunity type: growth (tier: Premium, stage 4-Proposal)\n');
    expect(said.sales_stage).toBe('4-Proposal');
  });
});

describe('a doubt', () => {
  it('leaves a short answer open', () => {
    expect(parse('partner', 'maybe "Cloudworks AG" … unclear').state).toBe('unknown');
    expect(parse('partner', 'Cloudworks AG, unclear').state).toBe('unknown');
  });

  it('alone makes it half an answer', () => {
    expect(parse('partner', 'maybe Cloudworks AG').state).toBe('partial');
    expect(parse('partner', 'Alder Consulting, resells only').state).toBe('answered');
    expect(
      parse('goals', 'the old set-up is slow, the owner unclear, so builds fail often').state,
    ).toBe('answered');
  });
});
