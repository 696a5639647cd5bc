/** A stretch of a text, and whether it differs from the other text. */
export interface Segment {
  text: string;
  differs: boolean;
}

// Longer texts, such as notes, are not compared letter by letter.
const LONGEST = 200;

// A number of up to four digits is a day or a year, and differs as a whole: 21 and 12 share no digit that means the same.
const SHORT_NUMBERS = /((?<!\d)\d{1,4}(?!\d))/;

const segmenter = new Intl.Segmenter("en-US", { granularity: "grapheme" });

/** The letters that differ between two texts, for both; nothing is marked unless both share over half of their letters. */
export function differences(before: string, after: string): { before: Segment[]; after: Segment[] } {
  const unmarked = { before: whole(before), after: whole(after) };
  if (before.length > LONGEST || after.length > LONGEST) return unmarked;
  const a = units(before);
  const b = units(after);
  const lengths = commonLengths(a, b);
  const letters = Math.max(weight(a), weight(b));
  if ((lengths[0] ?? 0) * 2 <= letters) return unmarked;
  return marked(a, b, lengths);
}

/** What letters are for a text: its grapheme clusters, and its short numbers as a whole. */
interface Unit {
  text: string;
  length: number;
}

function units(text: string): Unit[] {
  return text
    .normalize("NFC")
    .split(SHORT_NUMBERS)
    .flatMap((part) =>
      /^\d{1,4}$/.test(part)
        ? [{ text: part, length: part.length }]
        : Array.from(segmenter.segment(part), ({ segment }) => ({ text: segment, length: 1 })),
    );
}

function whole(text: string): Segment[] {
  return text ? [{ text, differs: false }] : [];
}

function weight(all: Unit[]): number {
  return all.reduce((sum, each) => sum + each.length, 0);
}

/** How many letters what follows i in a and what follows j in b have in common, in the same order; row by row. */
function commonLengths(a: Unit[], b: Unit[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const unit = a[i];
      const below = lengths[(i + 1) * width + j] ?? 0;
      const right = lengths[i * width + j + 1] ?? 0;
      const both = unit?.text === b[j]?.text ? (lengths[(i + 1) * width + j + 1] ?? 0) + (unit?.length ?? 0) : 0;
      lengths[i * width + j] = Math.max(below, right, both);
    }
  }
  return lengths;
}

/** Both texts in stretches, along the longest that they have in common. */
function marked(a: Unit[], b: Unit[], lengths: Uint16Array): { before: Segment[]; after: Segment[] } {
  const width = b.length + 1;
  const before: Segment[] = [];
  const after: Segment[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const unit = a[i];
    if (unit && unit.text === b[j]?.text) {
      append(before, a[i++], false);
      append(after, b[j++], false);
    } else if (j === b.length || (unit && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) {
      append(before, a[i++], true);
    } else append(after, b[j++], true);
  }
  return { before, after };
}

function append(segments: Segment[], unit: Unit | undefined, differs: boolean): void {
  const last = segments.at(-1);
  if (!unit) return;
  if (last?.differs === differs) last.text += unit.text;
  else segments.push({ text: unit.text, differs });
}
