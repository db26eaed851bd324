/** Who put which label on or took it off. */
import { showLabelEvent } from '../entities.ts';
import { issueOf, list, type Route, takes } from './call.ts';

export function labelEventRoutes(route: Route): void {
  route('GET', '/projects/:id/issues/:iid/resource_label_events', (call) => {
    takes(call);
    const { issue } = issueOf(call);
    return list(call, issue.labelEvents, (event) => showLabelEvent(call.world, issue, event));
  });
}
