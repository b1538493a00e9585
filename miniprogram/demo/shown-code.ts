/**
 * What a scanner would read off this screen; null when it shows no code. Two people at one computer have no second
 * phone: they carry the code by hand.
 */
export async function readShownCode(): Promise<string | null> {
  const shown = [...document.querySelectorAll<HTMLCanvasElement>('.qr-code canvas')].filter(
    ({ offsetParent }) => offsetParent !== null,
  );
  const canvas = shown.at(-1);
  const picture = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  if (!picture) return null;
  const { default: jsQR } = await import('jsqr');
  return jsQR(picture.data, picture.width, picture.height)?.data ?? null;
}
