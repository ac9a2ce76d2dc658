/** Version of the rules by which citations are read and judged (design 5, linkage); raised when their result could change. */
export const LINK_FORMULA_VERSION = 'link/2';
