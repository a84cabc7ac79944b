// Whom the service tells of notices by itself: set by administrators of all regions.

import type { components } from '../../api.gen.ts';
import { ask } from './api.ts';

type Schemas = components['schemas'];

export type Webhook = Schemas['WebhookBody'];
export type NewWebhook = Schemas['WebhookRequest'];
/** What its messages are signed with is in it, this once. */
export type MadeWebhook = Schemas['NewWebhookBody'];
export type WebhookShape = Schemas['WebhookShape'];
export const WEBHOOK_SHAPES = ['json', 'wecom'] as const satisfies readonly WebhookShape[];
/** What a webhook was told, or will be. */
export type Delivery = Schemas['DeliveryBody'];

const WEBHOOKS = '/api/v1/webhooks';

export interface WebhooksApi {
  /** The oldest first. */
  all(): Promise<readonly Webhook[]>;
  /** The latest first. */
  deliveries(id: number): Promise<readonly Delivery[]>;
  add(webhook: NewWebhook): Promise<MadeWebhook>;
  remove(id: number): Promise<void>;
}

export const webhooksApi: WebhooksApi = {
  all: () => ask<{ webhooks: Webhook[] }>(WEBHOOKS, { cache: 'no-store' }).then((body) => body.webhooks),
  deliveries: (id) =>
    ask<{ deliveries: Delivery[] }>(`${WEBHOOKS}/${id}/deliveries`, { cache: 'no-store' }).then(
      (body) => body.deliveries,
    ),
  add: (webhook) =>
    ask(WEBHOOKS, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(webhook),
    }),
  remove: (id) => ask(`${WEBHOOKS}/${id}`, { method: 'DELETE' }),
};
