import path from 'node:path';
import { z } from 'zod';

/** Kinds of value a variable can have. Each message completes a sentence that begins with the variable's name. */
export const httpUrl = z
  .string()
  .refine((value) => isUrl(value, ['http:', 'https:']), 'is no http or https address');
export const email = z.string().refine((value) => /^[^\s@]+@[^\s@]+$/.test(value), 'is no e-mail address');
export const port = z
  .string()
  .refine(
    (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535,
    'is no port (1 to 65535)',
  )
  .transform(Number);
export const postgresUrl = z
  .string()
  .refine(
    (value) => isUrl(value, ['postgres:', 'postgresql:']),
    'is no PostgreSQL address (postgresql://user:password@host:5432/database)',
  );
export const redisUrl = z
  .string()
  .refine(
    (value) => isUrl(value, ['redis:', 'rediss:']),
    'is no Redis address (redis://host:6379 or rediss://…)',
  );
export const smtpUrl = z
  .string()
  .refine((value) => isUrl(value, ['smtp:', 'smtps:']), 'is no SMTP address (smtp://user:password@host:587)');
export const ldapUrl = z
  .string()
  .refine((value) => isUrl(value, ['ldap:', 'ldaps:']), 'is no LDAP address (ldaps://host)');
export const region = z
  .string()
  .refine(
    (value) => /^[a-z0-9.-]+\.[a-z]{2,}$/.test(value),
    'is no region such as mypurecloud.ie or usw2.pure.cloud',
  );
export const storage = z
  .string()
  .refine(
    (value) => /^(file:.+|s3:\/\/[a-z0-9][a-z0-9.-]+(\/.*)?)$/.test(value),
    'is neither file:<folder> nor s3://<bucket>/<prefix>',
  );
export const network = z
  .string()
  .refine(
    (value) => z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]).safeParse(value).success,
    'is no address or network such as 10.20.0.0/16',
  );
export const flag = z.enum(['0', '1'], 'is neither 0 nor 1').transform((value) => value === '1');
export const key = z.string().min(32, 'is shorter than 32 characters');
/** A path, made absolute. */
export const folder = z.string().transform((value) => path.resolve(value));
export const source = z
  .string()
  .refine(
    (value) => !/^[a-z][a-z0-9+.-]+:\/\//i.test(value) || isUrl(value, ['http:', 'https:', 'file:']),
    'is neither a path nor an http or https address',
  );

/** Several values, separated by commas. */
export function listOf(item: z.ZodType<string, string>) {
  return z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}
