// What anybody may tell the service: that something is missing, damaged or dangerous, with photos of it.
import { ask, Refused, regionPath, Unreachable } from './api.ts';
import type { NewReport, Problem, Receipt } from './contract.ts';

/** A photo goes over a poor line, too; longer than this the service does not wait for one either. */
const PATIENCE_MS = 75_000;

export function sendReport(region: string, report: NewReport): Promise<Receipt> {
  return ask(`${regionPath(region)}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
  });
}

/** Adds a photo to a report, and tells how much of it has gone, from 0 to 1: `fetch` would not. */
export function sendPhoto(
  region: string,
  { id, photo_right }: Receipt,
  photo: Blob,
  progress: (share: number) => void,
): Promise<void> {
  const path = `${regionPath(region)}/reports/${id}/photos`;
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.timeout = PATIENCE_MS;
    request.responseType = 'json';
    request.setRequestHeader('content-type', photo.type);
    request.setRequestHeader('photo-right', photo_right);
    request.upload.onprogress = ({ loaded, total }) => {
      if (0 < total) progress(loaded / total);
    };
    const lost = () => failed(new Unreachable(`no answer from ${path}`));
    request.onerror = lost;
    request.ontimeout = lost;
    request.onload = () => {
      const problem = request.response as Problem | null;
      if (request.status === 201) done();
      else if (typeof problem?.type === 'string') failed(new Refused(problem));
      else lost();
    };
    request.send(photo);
  });
}
