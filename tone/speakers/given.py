"""Common given names, with the gender they tell, and short forms: a modest list, folded."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FEMALE_NAMES: Final = _words(
    """
    abigail ada adele adriana aisha alexandra alexis alice alicia alison allison amanda amber amelia amina amy ana
    andrea angela anita ann anna anne annemarie annie anwen april ariana ashley astrid aurora ava barbara beatrice
    becky belinda bella bernadette bernice beth bethany betsy betty beverly bianca birgit bonnie brenda bridget
    brigitte brittany camila camille carla carly carmen carol carole carolina caroline carolyn carrie cassandra
    catherine cathy cecilia celeste celia charlotte chelsea cheryl chloe christina christine cindy claire clara
    claudia colleen connie constance courtney crystal cynthia daisy dana daniela danielle daphne darlene dawn deb
    deborah debbie debra deirdre delia delphine denise diana diane dolores donna dora doris dorothy edith edna eileen
    elaine eleanor elena elise elizabeth ella ellen elsa elspeth emily emma erica erika erin esther ethel eunice eva
    evelyn faith farah fatima fatma felicia fiona florence frances francesca freya gabriela gabrielle gail gemma
    georgia geraldine gertrude gina ginger giulia gladys glenda gloria grace greta gretchen guadalupe gwen gwendolyn
    hannah harriet hazel heather heidi helen helena helga henrietta hilary hillary holly hope huda ida imani imelda
    ines inga ingrid irene iris irina isabel isabella isobel ivanka jacqueline jamila jan jane janet janice jasmine
    jean jeanette jeanne jen jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn johanna josephine joy
    joyce juanita judith judy julia juliana julie june kamala karen karin karina karla kate katharine katherine
    kathleen kathryn kathy katie katrina kay kayla kelly kellyanne kendra kerry khadija kimberly kirsten kirstjen
    kristen kristin kristina laila lara laura lauren laurie layla leah leila lena leslie letitia leticia lila lillian
    lily linda lindsay lisa liz loretta lori lorna lorraine louise lucia lucille lucy lydia lynn lynne mabel madeleine
    madison mae maggie maia malala mandy marcia margaret margarita margie marguerite maria mariam marian marianne
    marie marilyn marina marion marissa marjorie marlene martha mary maryam matilda maureen maxine may maya megan
    meghan melania melanie melinda melissa mercedes meredith michelle mildred mimi miranda miriam moira molly mona
    monica monique muriel myra nadia nadine nancy naomi natalia natalie natasha nicole nicola niamh nina noor nora
    norma olga olive olivia paige pamela pat patricia patty paula pauline peggy penelope penny petra phoebe phyllis
    pilar polly priscilla priti rachel ramona rania reem rebecca regina renee rhonda rima rita roberta robin rosa
    rosalind rose rosemary rosie roxanne ruby ruth sabrina sadia sally samantha samira sandra sara sarah sasha selena
    serena shannon sharon sheila shelly sheryl shirley silvia simone siobhan sofia sonia sonya sophia sophie stacey
    stacy stefanie stella stephanie sue susan susana susanna susanne suzanne sylvia tabitha tamara tammy tanya tara
    tatiana teresa terri tessa thelma theresa tiffany tina toni tracy tulsi ursula valentina valeria valerie vanessa
    vera veronica vicky victoria viola violet virginia vivian wanda wendy whitney wilma winifred yasmin yolanda yvette
    yvonne zahra zainab zoe zuzana adaeze adunni agnes agnieszka akosua alejandra aleksandra alina alma altagracia ama
    amara amelie amparo anastasia andreea aneta anette angelina anja anke annabel annalise annika antonia aoife aranza
    arlene asha astou asuka ayesha aylin ayse azadeh bahar beatriz bente bernadine bettina bianka blanca blessing
    bogna bozena brigid bronagh bronwen carina caridad carlotta carmela cathal chiamaka chiara chinwe chioma cigdem
    clementine clodagh concepcion consuelo cordelia corinne cosima dagmar dagny danuta darya deepa dolly dorota ebony
    edwina efua elif eliska elke elodie elsie emine ena enid esperanza estelle etsuko eugenia fabiola fanny fatou
    fatoumata federica fernanda flavia folashade francine frida fumiko funmilayo galina genevieve germaine gilda
    giovanna gisela gloriana grainne grazia graciela gudrun gulsen gunilla gunnhild gwyneth halima halina hanan hanna
    haruka hatice hauwa hedda heike hermione hilde hildegard hina hiroko ifeoma ilana ilaria ilse imogen inger
    inmaculada iolanda irena irmgard isadora isolde ivana ivonne iwona jadwiga jana janina jarmila jasna jelena jeong
    jillian joana jocelyne jolanta josefa josefina jovana juana jutta kadiatou kalpana kamila karolina kateryna
    katarina katarzyna katja kavita keiko keisha kerstin kinga kirsty klara krystyna ksenia lakshmi lamara latoya
    lavinia leena lene lenora leonor leona lieselotte lilian liliana linnea liudmila livia ljiljana lore lotte
    loredana lourdes lucinda ludmila luz luzia lynette lyudmila maeve magda magdalena maike maisie malgorzata manon
    manuela marcela maren margrethe mariana maribel marieke marijke marisol marit marta martina maribeth marybeth
    matdos mayumi mbali meera mei mercy merve mette mhairi michaela michiko mieko mihaela milena mina minna mireille
    mirela mirjam modupe morag muthoni mwende nadezhda naledi nana nandini narges nasrin natasa nathalie neema nermin
    nevena ngozi nicolette nimmi nkechi noelia nomvula nomfundo nonhlanhla noriko nuala nuria oana odette odile ofelia
    oksana olena oluchi ornella orla paloma paola parisa paz perpetua philippa philomena pia piedad polina pooja
    precious priya prudence rachael radhika raffaella ragnhild raquel rasa razia refilwe rehana renata retno ribka
    rocio roisin roksana rosalia rosario roselyne rosetta roxana rukhsana rute ruzica saanvi sabine saida salma salome
    sandhya sanne saoirse saskia selma serap shabnam shanice shalini shauna shazia shirin shreya sibel sibongile
    sigrid sigrun silke simin sina sinead sindre siri siv sofie soledad solveig soraya stefania stine sukhi sunanda
    sunita sunniva svetlana swati sybil tabea tamsin tansy tatyana tendai tereza tess thandi thandiwe theodora thuy
    tilda tomasa tomoko tova trinidad trudy tuuli ulla ulrike uma unathi urszula uschi vanda veena verena vibeke
    viktoria vilma violeta viveca vlasta wangari wanjiru wilhelmina willemijn winnie wren xenia xiomara yael yara
    yasuko yekaterina yelena yetunde yuki yuko yuliya yuriko zainabu zanele zara zdenka zeynep zlata zodwa zofia zora
    zsofia zuleika
    """
)
MALE_NAMES: Final = _words(
    """
    aaron abbas abdel abdul abdullah abraham adam adel adrian ahmad ahmed aidan akira alan albert alberto alec
    alejandro alessandro alex alexander alexei alexey alfred alfredo ali alistair allan allen alvin amir amit anatoly
    anders andre andreas andrei andres andrew andy angelo angus anthony antoine anton antonio antony anwar archie
    aristide arjun arnold art arthur arturo ashraf barack barry bart bashar basil ben benedict benjamin benny bernard
    bernie bert bill billy bjorn bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan
    bryce byron calvin cameron carl carlos carlton cecil cesar chad charles charlie chester chris christian christoph
    christopher chuck clarence claude clay clayton cliff clifford clint clinton clyde cole colin conor conrad corey
    cory craig curtis cyril cyrus dale damian damien dan daniel danny darrell darren darryl dave david dean declan
    denis dennis derek dermot desmond devin diego dieter dimitri dirk dmitri dmitry dominic don donald doug douglas
    drew duane duncan dustin dwight dylan earl ed eddie edgar eduardo edward edwin efraim eli elias elijah elliot
    elliott elmer elon emeka emilio emmanuel enrico enrique eric erik ernest ernesto ernie esteban ethan eugene evan
    fabian fadi faisal farid felipe felix ferdinand fernando fidel floyd francis francisco francois frank franklin
    franz fred freddie frederick fritz gabriel gareth garrett garry gary gavin gene geoff geoffrey george gerald
    gerard gerhard gerry gianni gilbert giles giovanni giuseppe glen glenn gordon graham grant greg gregory guido gus
    guillermo gustavo guy habib hakan hal hamid hank hans harold haroun harrison harry harvey hassan hector heinz
    henri henrik henry herbert herman hideo hiroshi hogan homer horace horst howard hubert hugh hugo hussein ian
    ibrahim igor ilya imran isaac ismael ismail ivan jack jackson jacob jacques jake jakob jamal james jamie jared
    jason javad javier jay jeb jeff jefferson jeffrey jens jeremy jerome jerry jesse jesus jim jimmy joachim joao joe
    joel johan johann john johnny jon jonas jonathan jordan jorge jose josef joseph josh joshua juan jules julian
    julio julius jurgen justin kamal karim karl kaveh keith kelvin ken kenji kenneth kent kerry kevin khaled khalid
    khalil kim kirk klaus kofi kunal kurt kwame kyle lance larry lars laurence lawrence lee len leo leon leonard
    leonid leroy leslie lester lewis liam lindsey lionel lloyd logan lou louis luca lucas luigi luis lukas luke luther
    magnus mahmoud malcolm manuel marc marcel marco marcos marcus mario mark markus marlon marshall martin marty
    marvin massimo mateo mathew mathieu matt matteo matthew matthias maurice mauricio max maxim maximilian maxwell
    mehdi mehmet melvin micah michael michel mick miguel mike mikhail milan miles milton mitch mitchell mohamed
    mohammad mohammed mohsen moises monty morgan morris moses muhammad murray mustafa nabil nathan nathaniel neal ned
    neil nelson neville nicholas nick nicolas niels nigel nikita nikolai noah noel norman nuno oleg oliver omar
    orlando orrin oscar osama otto owen pablo paolo pascal patrick paul pavel pedro per perry pete peter petr phil
    philip philippe phillip pierre pieter piotr qasem rafael raj rajesh ralph ramon randall randy raphael rashid raul
    ravi ray raymond reggie reginald reinhard rex reza ricardo riccardo richard rick ricky rob robert roberto robin
    rodney rodrigo roger roland rolf roman ron ronald rory ross roy ruben rudolf rudolph rudy rupert russ russell ryan
    said salim salman salvador sam sami samir samuel sandeep sanjay santiago scott sean sebastian serge sergei sergey
    sergio seth shane shaun shawn sheldon sherrod sid sidney simon solomon spencer stan stanislav stanley stefan
    stephen sterling steve steven stewart stuart suleiman sven tadeusz takeshi tariq ted terence terrence terry theo
    theodore thomas tim timothy toby todd tom tomas tommy tony travis trent trevor trey turki tyler ulrich umar uri
    vaclav victor viktor vince vincent vinod vitaly vladimir wade wallace walter warren wayne wendell werner wes
    wesley wilbur wilfred will willem william willie wilson winston wolfgang woodrow xavier yasser yousef youssef yuri
    yusuf zachary zack zbigniew abdulaziz abdullahi abel abiodun adebayo adelmo ademola aditya agustin ahmet aiden
    ajay akin aleksander aleksandar aleksei alfonso alhassan alvaro amadou amos anand andrej andrejs angel ansgar
    anselm anup aram ari arkady armando arne arno arnaud arun arvind asbjorn ashok asif aslan attila augusto aurelio
    avi axel babatunde badr bakari bastiaan beau benito bernardo bilal bjarki bjarne blaise bogdan bohdan bora
    boubacar brock bud burak callum can caspar cecilio cedric cemal charlton chidi chinedu chukwuemeka ciaran claudio
    colm conall constantin cormac corneliu cosmin cristian cristobal cyrille czeslaw dag daisuke damir danladi danilo
    darius darko dawid dejan deniz desh dev devon didier dilip dimitar dimitris dino domenico domingo donal donncha
    dragan dusan dushan dwayne ebrahim eamon edmund edoardo efrain einar eirik ekow eloy emanuel emir emre eoin ercan
    erdem erling ernst erwan espen ettore eusebio evaristo ezekiel fabio fabrice farhad farouk federico fergus ferhat
    filip finlay fionn flavio florian fraser fulvio gabor garfield garvin gaston gavan gediminas gennaro georg georges
    gerardo ghassan gianluca gideon girts goran gordan gorka grigory grzegorz gunnar gunter gurdeep haitham hagop
    haluk hamad hameed haris harish harjit harri hasan haskell heikki helge henning hermann herve hideki hisham
    horacio hossein hristo hrvoje hubertus hugues huseyin ibrahima ignacio ike ikechukwu ilie imre inigo ion ioannis
    isidro ismet istvan ivar ivo iwan jaan jaap jacek jagtar jair jairo jakov jan janez janos jari jaroslav jaroslaw
    jasper javed jean jed jelle jeremiah jerzy jesper jethro jiri joakim joaquin jochen joep joost jordi joris josip
    jovan juha jukka juma jun kabir kaan kai kamran karan kareem karel karol karsten kasper katlego kazimierz kemal
    kenan kerem ketil kilian kiran kiril klaas knut kobus koji konrad konstantin koray kosta krish krishna kristian
    kristjan krzysztof kurtis kwabena kwadwo kwasi ladislav lasse lauri lavon leandro lech leif lennart leonardo
    leonel leopold leszek levent lior liviu ljubomir lluis lorenz lorenzo lothar lubomir luc lucian luciano ludovic
    ludwig luka lukasz maciej mads mahesh malik manfred manish manoj marat marcelo marcin marek marian marin mariusz
    marko marquis mat mateusz mathias mats maximo merrill micheal michal mihai mikael mikko milos mirko miroslav
    mitchel modibo mohan mohsin moritz moussa mubarak mukesh murat musa mustapha nadim naim nam naresh nasser naveed
    nawaf nemanja nevin nico niklas niko nils nkosana norbert obinna octavio ola olaf olav oldrich ole oleks oleksandr
    olivier olumide omari ondrej onur orhan ossian osman otoniel ottavio ousmane ovidiu padraig pal parker pascual pat
    patricio patrik paulo pawel peadar peder pekka petar petteri philipp piers piero pius prakash pradeep pranav
    preston priyan quentin rabih rachid radek rados rafiq raghav rahul raimo rajan rajeev rajiv rakesh ramesh ramiro
    randolph rasmus ratko razvan reinaldo remi remy renato renaud rhys ricard rinat risto robbie rocco rodolfo rohan
    rohit rolando romain ruairi rufus ruslan rustam sabri sakari salah samer sandor sanjeev santosh sasa satish saul
    saverio sayed sebastien selim sem senad serhii serkan servaas severin shahid shankar shota sibusiso sigurd silvio
    sindre sipho slavko slobodan sorin soren stellan stig stjepan sunil suresh svein syed szymon taavi tadashi taha
    taiwo tamas tanner tapio taro taras tarek tendai teodor terje thabo thaddeus thibault thierry thiago thom thor
    thorsten tiago tibor tihomir timo tino tobias tobin tomasz tomislav tonye tor torben toshiro traian tristan
    tsvetan tuomas turgut tyrone udo ulf umut urban urs usman uwe vadim vaidas valentin valerio valter vasile vasily
    veli vernon vidar vijay vikram ville vincenzo vivek vladislav vojtech volker volodymyr vuk waleed walid waldemar
    walt wanjala wiktor wim witold wlodzimierz wojciech wouter yakov yanis yannick yaqoob yaw yiannis yordan yosef
    youssouf yunus zaza zdenek zeljko zeev zoltan zoran zurab
    """
)

NICKNAMES: Final = tuple(
    _words(group)
    for group in """
    robert bob bobby rob robbie
    william bill billy will willie liam
    richard dick rick ricky rich
    james jim jimmy jamie
    joseph joe joey
    john johnny jack jon
    jonathan jon jonny
    thomas tom tommy
    michael mike mick mickey
    charles charlie chuck chas
    edward ed eddie ted ned
    theodore ted teddy theo
    andrew andy drew
    anthony tony
    christopher chris kit
    daniel dan danny
    david dave davy
    donald don donnie
    elizabeth liz beth betsy betty eliza lizzie
    francis frank
    gregory greg
    henry harry hank
    jeffrey jeff geoffrey geoff
    kenneth ken kenny
    lawrence larry laurence
    margaret maggie meg peggy
    matthew matt
    nicholas nick
    patrick pat paddy
    patricia pat patty trish
    peter pete
    philip phil phillip
    raymond ray
    ronald ron ronnie
    samuel sam sammy
    samantha sam
    stephen steve steven
    susan sue susie
    timothy tim
    benjamin ben
    bernard bernie
    albert al bert
    alexander alex sandy
    katherine kate kathy katie catherine cathy kathryn
    deborah debbie deb debra
    rebecca becky
    jennifer jen jenny
    barbara barb
    jacob jake
    zachary zack
    joshua josh
    nathaniel nathan nate
    gerald jerry gerry
    leonard len leo
    vincent vince
    walter walt
    frederick fred freddie
    eugene gene
    douglas doug
    rodney rod roddie
    roderick rod roddie
    mohammad mohammed muhammad mohamed
    """.strip().splitlines()
)

COMMON_SURNAMES: Final = _words(
    """
    smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson
    thomas taylor moore jackson martin lee perez thompson white harris sanchez clark lewis robinson walker young allen
    king wright scott hill green adams nelson baker hall campbell mitchell carter roberts evans edwards collins stewart
    morris murphy kelly ali khan ahmed hassan hussein mohammed singh kumar patel sharma kim park choi nguyen tran chen
    wang li zhang liu ivanov silva santos muller schmidt rossi
    """
)
"""Surnames so common that one speaker's full name does not tell whose they are elsewhere."""
