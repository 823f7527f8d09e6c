const ADVICE: Readonly<Partial<Record<string, string>>> = {
  EACCES: 'Give the user this process runs as the right to read and write there.',
  EPERM: 'Give the user this process runs as the right to read and write there.',
  EROFS: 'Choose a folder on a disk that can be written to.',
  ENOSPC: 'Free some space; the collector goes on by itself.',
  EDQUOT: 'Raise the quota or free some space; the collector goes on by itself.',
  EEXIST: 'Choose another folder, or move the file away that has its name.',
  ENOTDIR: 'Choose another folder: a part of this path is a file.',
  EFBIG: 'The next write goes to another file.',
  EOPNOTSUPP: 'Choose a folder on a disk of this machine.',
  ENOTSUP: 'Choose a folder on a disk of this machine.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n).',
}

/** An error with the path and what to do about it. */
export function fileError(action: string, path: string, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException
  const advice = ADVICE[code ?? ''] ?? 'Look after the disk or the folder; the collector tries again by itself.'
  return new Error(`Could not ${action} ${path} (${message}). ${advice}`, { cause })
}
