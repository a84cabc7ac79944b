// Reports and their photos on their way to the service. Fetched with the form.
import { Refused } from '../../shared/api.ts';
import { sendPhoto, sendReport } from '../../shared/report.ts';
import type { Reporting } from '../panels/planner.ts';
import type { Fault } from '../state.ts';

/** The long edge of what is sent, pixels: more is not kept. */
const EDGE = 2048;
const QUALITY = 0.85;

/** How a report about a region is sent; what went wrong is an answer, too. */
export function reportingOf(region: string): Reporting {
  return {
    async send(report) {
      try {
        return await sendReport(region, report);
      } catch (cause) {
        return faultOf(cause);
      }
    },
    async addPhoto(receipt, photo, progress) {
      try {
        await sendPhoto(region, receipt, photo, progress);
        return null;
      } catch (cause) {
        return faultOf(cause);
      }
    },
    shrink,
  };
}

/**
 * A picture as it is sent: upright, no larger than anybody looks at, without the place and whatever else the file says.
 * A poor line carries it, and it does not leave the telephone with more in it than is seen. `null` if it is no picture.
 */
async function shrink(file: Blob): Promise<Blob | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
  const { width, height } = picture;
  const share = Math.min(1, EDGE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * share));
  canvas.height = Math.max(1, Math.round(height * share));
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
}

/** What tells the page's other faults is part of the first load, which would grow if others fetched it from there. */
function faultOf(cause: unknown): Fault {
  if (!(cause instanceof Refused)) return { what: 'unreachable' };
  return { what: 'refused', why: cause.message, kind: cause.problem.type.replace(/^.*\//, '') };
}
