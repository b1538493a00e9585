import type { ComponentType } from 'react';
import { ErrorBoundary } from './error-boundary';

/** Wraps a page so that a fault in it shows a way back instead of a blank screen. */
export function definePage(Page: ComponentType): ComponentType {
  return function GuardedPage() {
    return (
      <ErrorBoundary>
        <Page />
      </ErrorBoundary>
    );
  };
}
