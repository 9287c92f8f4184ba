// What is said of files that are deleted.
import type { GoingView } from '../../ipc/bindings/GoingView';
import { count } from '../../lib/words';

/** `27 certificates`. */
export const goes = ({ kind, files }: GoingView): string =>
  ({
    record: 'Your record',
    certificate: count(files, 'certificate'),
    backup: count(files, 'backup'),
    copy: `${count(files, 'copy', 'copies')} of certificates in the backups`,
    set_aside: `${count(files, 'file')} that Recert set aside because of damage`,
    other: `${count(files, 'other file')} of Recert’s own`,
  })[kind];
