import type { ReactNode } from 'react';

/** Every page: what it is, one line about it, what one may do. */
export function Page({
  title,
  about,
  onPaper,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  /** What a printed page says instead: what was chosen in fields that are not for paper. */
  onPaper?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about && <p className={onPaper ? 'soft no-print' : 'soft'}>{about}</p>}
          {onPaper && <p className="on-paper number">{onPaper}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
