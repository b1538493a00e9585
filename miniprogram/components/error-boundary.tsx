import { Text } from '@tarojs/components';
import { Component, type ReactNode } from 'react';
import { copy } from '../copy';
import { distrustKept } from '../services/home';
import { goHome } from '../services/navigation';
import { Button } from './button';
import { EmptyState } from './empty-state';
import { Screen } from './screen';

interface State {
  failed: boolean;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(error: Error): void {
    // Read in WeChat's error log (We分析) and in the browser's console; carries no personal data.
    console.error(error);
    distrustKept();
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Screen title={copy.app.name}>
        <EmptyState icon="alert" title={copy.errors.pageFailed}>
          <Text>{copy.errors.nothingLost}</Text>
        </EmptyState>
        <Button id="try-again" onTap={() => this.setState({ failed: false })}>
          {copy.actions.tryAgain}
        </Button>
        <Button kind="plain" onTap={goHome}>
          {copy.actions.backHome}
        </Button>
      </Screen>
    );
  }
}
