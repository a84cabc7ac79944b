// What anybody may tell the service: that something is missing, damaged or dangerous.
import { ask, regionPath } from './api.ts';
import type { NewReport, Receipt } from './contract.ts';

export function sendReport(region: string, report: NewReport): Promise<Receipt> {
  return ask(`${regionPath(region)}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
  });
}
