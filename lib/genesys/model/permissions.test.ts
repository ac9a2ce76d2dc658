import { describe, expect, it } from 'vitest';
import { excessOf, NEEDED_PERMISSIONS } from './permissions';

const policy = (text: string) => {
  const [domain = '', entityName = '', ...actions] = text.split(/[:,]/);
  return { domain, entityName, actions };
};

describe('L22: what the client may do beyond what is needed', () => {
  it('is nothing for exactly the needed permissions, save what the platform gives too much of by design', () => {
    const excess = excessOf(NEEDED_PERMISSIONS.map(policy));
    expect(excess).toEqual({
      beyond: [],
      writing: [],
      byDesign: ['telephony:plugin:all', 'directory:organization:admin'],
    });
  });

  it('names what is more, tells writing from reading, and takes a wildcard for more', () => {
    const excess = excessOf(
      ['audits:audit:view', 'directory:user:view,edit', 'quality:evaluation:view', 'routing:*:*'].map(policy),
    );
    expect(excess.beyond).toEqual(['directory:user:edit', 'quality:evaluation:view', 'routing:*:*']);
    expect(excess.writing).toEqual(['directory:user:edit', 'routing:*:*']);
  });
});
