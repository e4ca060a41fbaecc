package web

// maxUploads is how many uploads are held in memory at once; the next one waits.
const maxUploads = 4
