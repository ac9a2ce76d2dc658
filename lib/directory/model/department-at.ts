import { type Version, versionAt } from './version';

/** What one version of a person told of the department. */
export type DepartmentVersion = Pick<Version, 'validFrom' | 'seq' | 'state'> & {
  readonly department: string | null;
};

/**
 * The department of a person as the directory knew it at the instant: of the version in force, of the last one before where that
 * one is a deletion. Null when nothing was known that early, or no department was given: never today's for an event of yesterday.
 */
export function departmentAt(versions: readonly DepartmentVersion[], at: Date): string | null {
  const version = versionAt(
    versions.filter((one) => one.state === 'present'),
    at,
  );
  const department = version?.department?.trim() ?? '';
  return department === '' ? null : department;
}
