import { Component, type ErrorInfo, type ReactNode } from 'react';
import { words } from '../words.ts';
import { Button } from './button.tsx';

export type ErrorBoundaryProps = {
  children: ReactNode;
  /** Saves what the user has: shown as "Export my data". */
  onExport?: () => void;
  /** Called before the children are shown again. */
  onRetry?: () => void;
  onError?: (error: unknown, info: ErrorInfo) => void;
};

type State = { readonly error: unknown; readonly failed: boolean };

/** Keeps a failure in one panel, and gives the user their data and another try. Put one around each panel. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { error: undefined, failed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, failed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError?.(error, info);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Failure
        error={this.state.error}
        onRetry={() => {
          this.props.onRetry?.();
          this.setState({ error: undefined, failed: false });
        }}
        onExport={this.props.onExport}
      />
    );
  }
}

export type FailureProps = {
  error: unknown;
  title?: string;
  body?: string;
  onRetry?: (() => void) | undefined;
  onExport?: (() => void) | undefined;
};

/** The words and ways out after a failure. */
export function Failure({ error, title, body, onRetry, onExport }: FailureProps) {
  return (
    <div className="cc-empty" role="alert">
      <p className="cc-empty__title">{title ?? words.errorTitle}</p>
      <p className="cc-empty__words">{body ?? words.errorBody}</p>
      <pre className="cc-failure">{error instanceof Error ? error.message : String(error)}</pre>
      <div className="cc-failure__ways">
        {onExport ? <Button onClick={onExport}>{words.exportData}</Button> : null}
        {onRetry ? (
          <Button variant="primary" onClick={onRetry}>
            {words.tryAgain}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
