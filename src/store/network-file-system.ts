import { statfsSync } from 'node:fs'

// statfs(2) magic numbers. SQLite's WAL needs memory shared between processes, which these do not give.
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x19830326, 'BeeGFS'],
  [0x5346414f, 'AFS'],
])

/** Name of the network file system a folder is on, or null for a local one and where the system does not say. */
export const networkFileSystem = (folder: string): string | null => {
  try {
    // Magic numbers with the top bit set may arrive as negative numbers.
    return NETWORK_FILE_SYSTEMS.get(statfsSync(folder).type >>> 0) ?? null
  } catch {
    return null
  }
}
