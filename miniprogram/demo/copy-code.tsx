import { useState } from 'react';
import { readShownCode } from './shown-code';

const ASK = '复制屏幕上的二维码';

/** Stands in for the second phone: the staff's page takes the code pasted. */
export function CopyCode() {
  const [words, setWords] = useState(ASK);
  return (
    <button
      type="button"
      className="demo-button"
      data-action="copy-code"
      onClick={() => copy().then(setWords)}
    >
      {words}
    </button>
  );
}

async function copy(): Promise<string> {
  const code = await readShownCode();
  if (code === null) return '屏幕上没有二维码';
  try {
    await navigator.clipboard.writeText(code);
    return '已复制，到签到页粘贴';
  } catch {
    return '浏览器不让复制，请用 127.0.0.1 打开';
  }
}
