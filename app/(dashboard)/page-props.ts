/** What Next hands to a page. */
export type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };
