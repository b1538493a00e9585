type Close = () => Promise<void>;

/**
 * Opens something that stands on processes and connections. When a step fails, what stands already is closed, the last
 * first: left behind it would keep jest from ending, and nobody would read why.
 *
 * @param work tells of each part how it is closed as soon as it stands
 */
export async function opening<T>(work: (closeLater: (close: Close) => void) => Promise<T>): Promise<T> {
  const closers: Close[] = [];
  try {
    return await work((close) => {
      closers.unshift(close);
    });
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}
