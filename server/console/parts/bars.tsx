export interface Bar {
  /** Under the bar. */
  name: string;
  /** Upwards and downwards, whole numbers. */
  up: number;
  down: number;
  /** The amount upwards in words; shown while there is room. */
  amount: string;
  /** What is read out, and shown on the bar under the pointer. */
  words: string;
}

const WIDTH = 1000;
const HEIGHT = 168;
const FOOT = 22;
const MOST_NAMES = 16;
const MOST_AMOUNTS = 14;
const HEAD = 18;
const WIDEST = 44;

/** Two amounts a bar: what came above the line, what went below it. Drawn for up to some hundred bars. */
export function Bars({
  label,
  bars,
  up,
  down,
}: {
  label: string;
  bars: readonly Bar[];
  up: string;
  down: string;
}) {
  const highest = Math.max(1, ...bars.map((bar) => bar.up));
  const deepest = Math.max(0, ...bars.map((bar) => bar.down));
  const scale = (HEIGHT - HEAD - FOOT - 4) / (highest + deepest);
  const line = HEAD + highest * scale;
  const step = WIDTH / Math.max(1, bars.length);
  const width = Math.min(WIDEST, step * 0.66);
  const every = Math.ceil(bars.length / MOST_NAMES);
  return (
    <figure className="bars">
      <figcaption className="row tight faint">
        <i className="bars-key is-up" aria-hidden /> {up}
        <i className="bars-key is-down" aria-hidden /> {down}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={label}
        preserveAspectRatio="xMidYMid meet"
      >
        <line x1="0" x2={WIDTH} y1={line} y2={line} className="bars-line" />
        {bars.map((bar, at) => {
          const middle = step * (at + 0.5);
          return (
            <g key={bar.name}>
              <title>{bar.words}</title>
              <rect x={middle - step / 2} width={step} y="0" height={HEIGHT} className="bars-ground" />
              <rect
                className="bars-up"
                x={middle - width / 2}
                width={width}
                y={line - bar.up * scale}
                height={bar.up * scale}
                rx="2"
              />
              <rect
                className="bars-down"
                x={middle - width / 2}
                width={width}
                y={line}
                height={bar.down * scale}
                rx="2"
              />
              {bars.length <= MOST_AMOUNTS && bar.up > 0 && (
                <text x={middle} y={line - bar.up * scale - 4} textAnchor="middle">
                  {bar.amount}
                </text>
              )}
              {at % every === 0 && (
                <text x={middle} y={HEIGHT - 5} textAnchor="middle">
                  {bar.name}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
