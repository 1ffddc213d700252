// The rule by which a row stays when a table is filtered.

/** Whether `text` holds every word of `query`, whatever the case, the accents and the order. */
export function matches(text: string, query: string): boolean {
  const plain = (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const row = plain(text);
  return plain(query).split(/\s+/).every((word) => row.includes(word));
}
