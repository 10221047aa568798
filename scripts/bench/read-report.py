"""Reads a hAMRonization report as scripts commonly do, and says how many seconds that took, and of CPU time."""

import csv
import sys
import time

TEXTS = (
    "input_file_name gene_symbol gene_name reference_database_name reference_accession analysis_software_name "
    "genetic_variation_type drug_class input_sequence_id resistance_mechanism strand_orientation"
).split()
NUMBERS = (
    "coverage_percentage coverage_depth coverage_ratio input_gene_start input_gene_stop sequence_identity"
).split()

start, start_cpu = time.perf_counter(), time.process_time()
rows = 0
genes = {}
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file, delimiter="\t"):
        record = {name: row[name] or None for name in TEXTS}
        for name in NUMBERS:
            record[name] = float(row[name]) if row[name] else None
        key = (record["input_file_name"], record["gene_symbol"])
        best = genes.get(key)
        if best is None or record["sequence_identity"] > best["sequence_identity"]:
            genes[key] = record
        rows += 1
print(rows, len(genes), time.perf_counter() - start, time.process_time() - start_cpu)
