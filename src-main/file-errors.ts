// Words for what the operating system says of files.

const REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'the permission to open it is missing',
  EPERM: 'the permission to open it is missing',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its links lead in a circle',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reports an error',
};

/** Half a sentence that says why a file operation failed. */
export function fileErrorReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) || message || String(error);
}
