import { describe, expect, test } from 'vitest';
import { type DepartmentVersion, departmentAt } from './department-at';

const day = (n: number): Date => new Date(Date.UTC(2026, 2, n));
const version = (n: number, department: string | null, more: Partial<DepartmentVersion> = {}) => ({
  validFrom: day(n),
  seq: 0,
  state: 'present' as const,
  department,
  ...more,
});

describe('the department of a person at an instant', () => {
  const history = [version(10, 'Sales'), version(5, 'Support'), version(20, null)];
  test.each([
    { name: 'before anything was known it is not known', at: 4, department: null },
    { name: 'from the instant a version begins it holds', at: 5, department: 'Support' },
    {
      name: 'a person who changed the department keeps the old one for what was done before',
      at: 9,
      department: 'Support',
    },
    { name: 'the newer version holds from its own beginning', at: 10, department: 'Sales' },
    { name: 'a version without a department is none', at: 21, department: null },
  ])('$name', ({ at, department }) => {
    expect(departmentAt(history, day(at))).toBe(department);
  });

  test('a deleted person keeps the department they had; blanks are none; of one instant the later counts', () => {
    expect(departmentAt([version(5, 'Support'), version(8, null, { state: 'deleted' })], day(9))).toBe(
      'Support',
    );
    expect(departmentAt([version(5, '  ')], day(9))).toBeNull();
    expect(departmentAt([version(5, 'B', { seq: 1 }), version(5, 'A')], day(5))).toBe('B');
  });
});
