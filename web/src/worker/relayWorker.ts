import { RelayConnection, type Environment } from '../connection/relayConnection'
import { PaneSet } from '../logs/pane/paneSet'
import type { Frame } from '../protocol/types'
import type { WorkerCommand, WorkerEvent } from './messages'

/**
 * Owns the page's one connection to the relay and the log panes. Log frames go to the panes, all other frames to the
 * page. Runs in the worker (in tests on the page), as long as the page is open; knows neither Vue nor the DOM.
 */
export class RelayWorker {
  private readonly connection: RelayConnection
  private readonly panes: PaneSet

  constructor(
    environment: Environment,
    private readonly emit: (event: WorkerEvent) => void,
  ) {
    this.connection = new RelayConnection(environment, {
      changed: (state) => this.emit({ type: 'connection', state }),
      opened: () => this.opened(),
      frame: (frame) => this.received(frame),
    })
    this.panes = new PaneSet(environment, (request) => void this.connection.send(request), emit)
  }

  handle(command: WorkerCommand): void {
    switch (command.type) {
      case 'start':
        return this.connection.start()
      case 'stop':
        return this.connection.stop()
      case 'retry':
        return this.connection.retryNow()
      case 'nudge':
        return this.connection.nudge()
      case 'network':
        return this.connection.networkChanged(command.online)
      case 'send':
        return void this.connection.send(command.request)
      case 'ping':
        return this.emit({ type: 'pong', id: command.id })
      default:
        return this.panes.handle(command)
    }
  }

  private opened(): void {
    this.panes.connected()
    this.emit({ type: 'opened' })
  }

  private received(frame: Frame): void {
    if (!this.panes.handleFrame(frame)) this.emit({ type: 'frame', frame })
  }
}
