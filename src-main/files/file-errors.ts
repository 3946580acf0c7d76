// Describes errors that the operating system reports about files.
import { isHeld } from './file-retry';

const REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'the permission to open it is missing',
  EPERM: 'the permission to open it is missing',
  EBUSY: 'another program has it open',
  ENOTDIR: 'it is not a folder',
  EEXIST: 'a file is in its place',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would become larger than the system permits',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reports an error',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than this app can read',
};

/** A clause that says why a file operation failed, for the middle of a sentence. */
export function fileErrorReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'EBUSY' && isLocked(error)) return 'another program has it open, or it is write-protected';
  return (code && REASONS[code]) || message || String(error);
}

/**
 * True if a file or folder could not be replaced, renamed or deleted because it is in use. Windows reports this as a
 * missing permission, but if a permission is really missing, creating the new file already fails.
 */
export function isLocked(error: unknown): boolean {
  const { code, syscall = '' } = error as NodeJS.ErrnoException;
  return code === 'EBUSY' || (isHeld(error) && ['rename', 'unlink', 'rmdir', 'rm'].includes(syscall));
}
