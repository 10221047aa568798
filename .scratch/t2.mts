import { readVocabularyFile } from '../src/parse/vocabulary/index.ts'
import { openOntology } from '../src/core/names/ontology.ts'
import { ontologyNames } from '../src/core/names/ontology-names.ts'
import { openReferenceTerms } from '../src/core/names/reference-terms.ts'
import { readOutput } from '../src/parse/index.ts'
import { keyRules } from '../src/core/amr/level-keys.ts'
import { buildVocabulary } from '../src/core/names/vocabulary.ts'
import { aliasTable } from '../src/core/names/aliases.ts'
import { ontologyTerm } from '../src/core/names/gene-identity.ts'
const d='/work/shared/data/amr/argnorm/mapping/'
const obo:any=await readVocabularyFile(d+'aro.obo')
const maps:any[]=[]
for (const m of ['ncbi','resfinder','deeparg']) maps.push(await readVocabularyFile(d+m+'_ARO_mapping.tsv'))
const terms=openOntology(obo.terms)
const full={ontology:{terms,names:ontologyNames(terms)},referenceTerm:openReferenceTerms(maps)}
const out:any=await readOutput('/work/shared/data/amr/argnorm/hamronized/combined_hamronization.tsv',{format:'auto',columns:undefined} as any)
const calls=out.calls.filter((c:any)=>['amrfinderplus','abricate','rgi','staramr','resfinder 4'].includes(c.tool)&&c.start!==null)
const pairs:any[]=[]
for (let i=0;i<calls.length;i++) for (let j=i+1;j<calls.length;j++){const a=calls[i],b=calls[j]; if(a.tool===b.tool||a.contig!==b.contig) continue; const ov=Math.min(a.stop,b.stop)-Math.max(a.start,b.start)+1; if (ov>=0.8*Math.max(a.stop-a.start+1,b.stop-b.start+1)) pairs.push([a,b])}
console.log(pairs.length)
for (const [name,v] of [['none',null],['obo',{ontology:full.ontology,referenceTerm:()=>null}],['maps',{ontology:null,referenceTerm:full.referenceTerm}],['full',full]] as any) {
  const tables={aliases:aliasTable({}),userAliases:new Set<string>(),vocabulary:v}
  for (const level of ['allele','gene','family','drug_class','mechanism'] as const) {
    const rules=keyRules(level,{tables,truthStatesClasses:false,unmapped:()=>{}})
    let n=0; const miss:string[]=[]
    for (const [a,b] of pairs) {
      const ia=rules.call(a), ib=rules.call(b)
      const voc=buildVocabulary(ia,{strict:rules.strict,findings:ib})
      const ka=new Set(ia.map(x=>voc.keyOf(x).id)), kb=new Set(ib.map(x=>voc.resolve(x,ka).id))
      if (ka.size>0 && ka.size===kb.size && [...ka].every(x=>kb.has(x))) n++
      else miss.push(`${a.tool}:${a.geneSymbol}=${[...ka]} | ${b.tool}:${b.geneSymbol}=${[...kb]}`)
    }
    console.log(name,level,n); if (name==='full'&&(level==='gene'||level==='family'||level==='mechanism'||level==='drug_class')) console.log(miss.join('\n'))
  }
  if (v) { const c:any={}; for (const x of calls) { const t=ontologyTerm(x,tables); const k=x.tool+' '+(t?.rung??'none'); c[k]=(c[k]??0)+1 } console.log(c) }
}
