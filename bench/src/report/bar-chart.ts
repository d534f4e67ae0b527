/** A bar with the spread of its rounds. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly largest: number;
  /** Ours are drawn in colour, the others in grey. */
  readonly isOurs: boolean;
  readonly text: string;
}

const width = 760;
const rowHeight = 26;
const top = 40;
const charWidth = 6.6;
const valueWidth = 90;

/** A horizontal bar chart as SVG, with a line from the least to the largest value on each bar. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  const left = 16 + charWidth * Math.max(...bars.map(({ label }) => label.length));
  const scale = (width - left - valueWidth) / Math.max(...bars.map(({ largest }) => largest), Number.MIN_VALUE);
  const height = top + bars.length * rowHeight + 12;
  const drawn = bars.map((bar, index) => drawBar(bar, { y: top + index * rowHeight, left, scale }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12" fill="#24292f">
<title>${escape(title)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="12" y="22" font-size="14" font-weight="600">${escape(title)}</text>
${drawn.join('\n')}
</svg>
`;
}

function drawBar(
  { label, value, least, largest, isOurs, text }: Bar,
  { y, left, scale }: { y: number; left: number; scale: number },
): string {
  const at = (of: number): string => (left + Math.max(0, of) * scale).toFixed(1);
  const middle = y + 9;
  return [
    `<text x="${(left - 8).toFixed(1)}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>`,
    `<rect x="${left.toFixed(1)}" y="${y}" width="${(Math.max(0, value) * scale).toFixed(1)}" height="18" rx="2" fill="${isOurs ? '#2f6feb' : '#8c959f'}"/>`,
    `<path d="M${at(least)} ${middle}H${at(largest)}" stroke="#24292f" stroke-width="1.5"/>`,
    `<text x="${(left + Math.max(0, largest) * scale + 8).toFixed(1)}" y="${middle + 4}">${escape(text)}</text>`,
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
