/** What was filled: the colour and the rectangle in device px. */
export interface Fill {
  colour: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Stands for a canvas of type 2d and remembers what was drawn on it. */
export class RecordingCanvas {
  height = 0;
  fills: Fill[] = [];
  private side = 0;

  get width(): number {
    return this.side;
  }

  /** As on a real canvas, a new width wipes it. */
  set width(side: number) {
    this.side = side;
    this.fills = [];
  }

  getContext() {
    const record = (fill: Fill) => void this.fills.push(fill);
    return {
      fillStyle: '',
      fillRect(x: number, y: number, width: number, height: number) {
        record({ colour: this.fillStyle, x, y, width, height });
      },
    };
  }

  /** The picture as RGBA bytes, as a QR reader wants it. */
  pixels(): { data: Uint8ClampedArray; width: number; height: number } {
    const { width, height } = this;
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (const fill of this.fills) {
      const shade = fill.colour === '#000000' ? 0 : 255;
      for (let y = fill.y; y < fill.y + fill.height; y += 1) {
        const start = (y * width + fill.x) * 4;
        for (let at = start; at < start + fill.width * 4; at += 4) {
          data[at] = shade;
          data[at + 1] = shade;
          data[at + 2] = shade;
        }
      }
    }
    return { data, width, height };
  }
}
